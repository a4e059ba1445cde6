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


@lru_cache(maxsize=8192)
def client_row(line: Hashable, day: date, urls: Urls) -> SafeString:
    return render_to_string("metrics/_client_row.html", {"line": line, "day": day, "urls": urls})
