"""A client as a row of the table. Drawn once for each state of the client, then kept."""

from collections.abc import Hashable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString


class Urls(NamedTuple):
    """Where the row leads; empty where the reader may not go."""

    client: str
    manager: str
    pod: str


class Warned(NamedTuple):
    """The early-warning score in short, and how bad it is; empty where nothing is known."""

    text: str = ""
    state: str = "none"


@lru_cache(maxsize=8192)
def client_row(
    line: Hashable, warned: Warned, day: date, urls: Urls, rcm: str | None, language: str | None
) -> SafeString:
    """`language` is the one that the words are in; `rcm` is None for whom it is not shown."""
    context = {"line": line, "warned": warned, "day": day, "urls": urls, "rcm": rcm}
    return render_to_string("metrics/_client_row.html", context)
