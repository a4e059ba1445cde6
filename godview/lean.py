"""What a library would load only because it happens to be installed."""

import sys


def keep_numpy_out_of_openpyxl() -> None:
    """Spreadsheets need no numpy, but openpyxl loads it wherever it finds it: 16 MB a process."""
    if "numpy" in sys.modules:
        return
    sys.modules["numpy"] = None  # type: ignore[assignment]  # so that its import fails
    try:
        import openpyxl  # noqa: F401
    finally:
        del sys.modules["numpy"]
