"""The Python environment in .venv, made from a lock file whose hashes are checked.

Needs only Python and pip: pip puts the installer (uv) into .tools, which also works where the
system's Python refuses to be changed and where the venv module is missing.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from launch.say import Refusal, say, step

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / ".installed-lock"
LOCKS = {kind: ROOT / "requirements" / f"{kind}.txt" for kind in ("tools", "demo", "test")}

# pip's settings that say where packages come from, and uv's names for the same.
INDEX_SETTINGS = {
    "index-url": "UV_DEFAULT_INDEX",
    "cert": "SSL_CERT_FILE",
}
SYSTEM_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


def install(kind: str) -> None:
    """Brings .venv up to the lock `kind`; does nothing when it is there already."""
    installed = _installed()
    # The test lock holds all of the demo's: an environment for tests also serves bin/up.
    if installed in (_mark(kind), _mark("test")):
        return
    kind = "test" if installed.startswith("test ") else kind
    with step(f"installing the Python packages of requirements/{kind}.txt", "installed"):
        environment = {**os.environ, **_index_settings()}
        uv = _installer()
        if not _works(PYTHON):
            shutil.rmtree(VENV, ignore_errors=True)
            _run(
                [uv, "venv", "--quiet", "--no-python-downloads", "--python", sys.executable, VENV],
                environment,
            )
        STAMP.write_text(f"{kind} unfinished")
        _run(
            [
                uv,
                "pip",
                "sync",
                "--quiet",
                "--require-hashes",
                "--compile-bytecode",
                "--python",
                PYTHON,
                LOCKS[kind],
            ],
            environment,
        )
        STAMP.write_text(_mark(kind))


def _installer() -> Path:
    uv = TOOLS / "bin" / "uv"
    stamp = TOOLS / ".installed-lock"
    mark = _mark("tools")
    if _works(uv) and stamp.exists() and stamp.read_text() == mark:
        return uv
    shutil.rmtree(TOOLS, ignore_errors=True)
    if subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True).returncode:
        raise Refusal("pip is missing for this Python. On Debian: apt install python3-pip")
    say("fetching the installer into .tools ...")
    _run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--require-hashes",
            "--target",
            TOOLS,
            "--requirement",
            LOCKS["tools"],
        ],
        dict(os.environ),
    )
    stamp.write_text(mark)
    return uv


def _installed() -> str:
    return STAMP.read_text() if STAMP.exists() and _works(PYTHON) else ""


def _mark(kind: str) -> str:
    return f"{kind} {hashlib.sha256(LOCKS[kind].read_bytes()).hexdigest()}"


def _works(program: Path) -> bool:
    try:
        return subprocess.run([program, "--version"], capture_output=True).returncode == 0
    except OSError:
        return False


def _index_settings() -> dict[str, str]:
    """The package index this machine's pip is set up for: uv does not read pip's settings.

    Handed over in the environment only: an address may hold a password.
    """
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True
    )
    found: dict[str, str] = {}
    for line in listed.stdout.splitlines():
        name, _, value = line.partition("=")
        variable = INDEX_SETTINGS.get(name.rpartition(".")[2])
        if variable and not name.startswith(("freeze.", "download.")):
            found[variable] = value.strip("'\"")  # later lines win, as they do for pip
    if SYSTEM_CERTIFICATES.exists():
        found["UV_SYSTEM_CERTS"] = "1"  # uv's own would not know a company's proxy
    return {name: value for name, value in found.items() if name not in os.environ}


def _run(command: list[str | Path], environment: dict[str, str]) -> None:
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        raise Refusal(
            f"{Path(command[0]).name} could not install the packages:\n"
            + (done.stderr or done.stdout)[-3000:]
        )
