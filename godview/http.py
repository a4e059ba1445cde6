"""Small matters of requests and answers that several apps share."""

import csv
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def onward_url(request: HttpRequest, otherwise: str, name: str = "next") -> str:
    """Where a form asked to go afterwards, if that is one of our own pages."""
    asked = request.POST.get(name, "")
    ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if asked and ours else otherwise


def csv_response(name: str, header: Iterable[str], rows: Iterable[Iterable[Any]]) -> HttpResponse:
    """A CSV that Excel and LibreOffice open with the right accents, and that runs no formula."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(header)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return response


def _harmless(cell: Any) -> Any:
    """Text that a spreadsheet would run as a formula gets a quote before it; numbers stay."""
    if isinstance(cell, str) and cell.lstrip("\0").startswith(FORMULA_STARTS):
        return f"'{cell}"
    return "" if cell is None else cell
