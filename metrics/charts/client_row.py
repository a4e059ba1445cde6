"""A client as a row of the table. Drawn once for each state of the client, then kept."""

from datetime import date
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString


@lru_cache(maxsize=4096)
def client_row(line: object, day: date) -> SafeString:
    return render_to_string("metrics/_client_row.html", {"line": line, "day": day})
