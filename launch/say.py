"""What the commands tell the person in front of the terminal."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

_started = time.monotonic()


class Refusal(Exception):
    """Something a person can mend; the text says how."""


def seconds() -> float:
    return time.monotonic() - _started


def say(text: str) -> None:
    sys.stdout.write(f"{seconds():6.1f} s  {text}\n")
    sys.stdout.flush()


def plain(text: str = "") -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def stop_with(text: str, status: int = 1) -> NoReturn:
    sys.stderr.write(text.rstrip() + "\n")
    sys.exit(status)


@contextmanager
def step(doing: str, done: str = "") -> Iterator[None]:
    say(f"{doing} ...")
    began = time.monotonic()
    yield
    if done:
        say(f"{done} ({time.monotonic() - began:.1f} s)")
