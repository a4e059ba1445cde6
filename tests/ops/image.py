"""What the Dockerfile and docker-compose.yml say, read as data: no Docker runs here."""

import json
import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import yaml

from tests.house.project import ROOT

# What `docker compose` would take from .env.
DOT_ENV = {"POSTGRES_PASSWORD": "postgres-password", "REDIS_PASSWORD": "redis-password"}


def instructions() -> list[tuple[str, str]]:
    """The last stage of the Dockerfile: [("COPY", "manage.py manage.py"), ...]"""
    text = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    split = [tuple(line.split(None, 1)) for line in lines]
    last = max(number for number, (word, _) in enumerate(split) if word == "FROM")
    return [(word, rest) for word, rest in split[last:]]


def build(folder: Path) -> None:
    """What COPY would put into the image, and nothing else."""
    for word, rest in instructions():
        if word == "COPY" and not rest.startswith("--from"):
            source, target = rest.split()
            if (ROOT / source).is_dir():
                skip = shutil.ignore_patterns("__pycache__")
                shutil.copytree(ROOT / source, folder / target, ignore=skip)
            else:
                shutil.copy(ROOT / source, folder / target)


def environment() -> dict[str, str]:
    """The ENV lines, but for where programs are found."""
    lines = [rest for word, rest in instructions() if word == "ENV"]
    pairs = [pair.partition("=") for line in lines for pair in shlex.split(line)]
    return {name: value for name, _, value in pairs if name != "PATH"}


def build_command() -> str:
    """RUN ... collectstatic ..."""
    return next(rest for word, rest in instructions() if word == "RUN" and "manage.py" in rest)


def web_command() -> list[str]:
    command: list[str] = json.loads(next(rest for word, rest in instructions() if word == "CMD"))
    return command


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return loaded


def command_of(service: str) -> list[str]:
    return [str(word) for word in compose()["services"][service]["command"]]


def interpolate(text: str) -> str:
    """${NAME:?message} -> what .env says"""
    return re.sub(r"\$\{(\w+)[^}]*\}", lambda found: DOT_ENV[found.group(1)], text)
