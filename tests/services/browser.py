"""Where Chromium and axe-core are: on the system, or in .cache/browser (bin/test fills it)."""

import os
import shutil
from pathlib import Path
from typing import Any

from launch.browser import FOLDER, SYSTEM_BROWSERS

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
]


def launch_arguments() -> dict[str, Any]:
    """For playwright's `chromium.launch()`."""
    system = next(filter(None, map(shutil.which, SYSTEM_BROWSERS)), None)
    if system:
        return {"executable_path": system, "args": ARGUMENTS}
    unpacked = FOLDER / "chromium"
    if not (unpacked / "chromium").exists():
        raise RuntimeError("There is no Chromium here: run bin/test once, it fetches one.")
    libraries = [str(folder.parent) for folder in unpacked.glob("libraries/**/libnss3.so")]
    environment = {
        **os.environ,
        "FONTCONFIG_FILE": str(unpacked / "fonts" / "fonts.conf"),
        "LD_LIBRARY_PATH": ":".join(libraries),
    }
    return {
        "executable_path": str(unpacked / "chromium"),
        "args": ARGUMENTS,
        "env": environment,
    }


def axe_script() -> Path:
    """The accessibility checker, to be added to a page with `page.evaluate(script.read_text())`."""
    script = FOLDER / "node_modules" / "axe-core" / "axe.min.js"
    if not script.exists():
        raise RuntimeError("axe-core is not here: run bin/test once, it fetches it.")
    return script
