"""The files of the project, as the rules below look at them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("godview", "clients", "tasks", "training", "metrics", "launch")


def files(*patterns: str) -> list[Path]:
    """Everything that is ours, committed or about to be; never what .gitignore names."""
    found = (path for path in walk(ROOT) if not patterns or any(map(path.match, patterns)))
    return sorted(found)


def walk(folder: Path) -> Iterator[Path]:
    for entry in os.scandir(folder):
        if entry.name in ignored_names():
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from walk(Path(entry.path))
        elif entry.is_file():
            yield Path(entry.path)


def ignored_names() -> set[str]:
    lines = (ROOT / ".gitignore").read_text().split()
    return {".git", *(line.strip("/") for line in lines if "*" not in line)}


def modules(*packages: str) -> list[Path]:
    return [
        path
        for path in files("*.py")
        if path.relative_to(ROOT).parts[0] in packages and "migrations" not in path.parts
    ]


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A tool in a process of its own: the tests' own settings must not reach it by accident."""
    inherited = {k: v for k, v in os.environ.items() if k != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def complaints(done: subprocess.CompletedProcess[str], lines: int = 60) -> str:
    return "\n".join((done.stdout + done.stderr).splitlines()[-lines:])


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
