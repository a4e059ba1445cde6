"""Pages of a list, and the opaque tokens that lead from one to the next.

As in Asana, a token holds the rank of the last item shown (so that a list reordered meanwhile may
skip or repeat) and dies after fifteen minutes.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import orjson

from tests.asana_double.errors import bad_request

LIFETIME_SECONDS = 900
MOST_UNPAGED = 1000


@dataclass(frozen=True)
class Page:
    items: list[Any]
    next_offset: str | None


def page_of(ranked: Sequence[tuple[int, Any]], query: dict[str, str], now: datetime) -> Page:
    """The page that `limit` and `offset` ask for; without a limit, everything that fits."""
    after = _read(query["offset"], now) if "offset" in query else None
    rest = [pair for pair in ranked if after is None or pair[0] > after]
    if "limit" not in query:
        if len(rest) > MOST_UNPAGED:
            raise bad_request(
                "The result is too large. You should use pagination (may require specifying a "
                "workspace)!"
            )
        return Page([item for _, item in rest], None)
    limit = _limit(query["limit"])
    shown = rest[:limit]
    more = len(rest) > limit
    return Page([item for _, item in shown], _token(shown[-1][0], now) if more else None)


def next_page(url: str, path: str, query: dict[str, str], offset: str) -> dict[str, str]:
    where = f"{path}?{urlencode({**query, 'offset': offset})}"
    return {"offset": offset, "path": where, "uri": f"{url}{where}"}


def _limit(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 100:
        raise bad_request("limit: Must be between 1 and 100")
    return int(text)


def _token(rank: int, now: datetime) -> str:
    made = int(now.timestamp())
    claims = {"border_rank": rank, "iat": made, "exp": made + LIFETIME_SECONDS}
    return "eyJ0eXAiOiJKV1QifQ." + base64.urlsafe_b64encode(orjson.dumps(claims)).decode()


def _read(token: str, now: datetime) -> int:
    try:
        claims = orjson.loads(base64.urlsafe_b64decode(token.split(".")[1]))
        rank, expires = int(claims["border_rank"]), claims["exp"]
    except (ValueError, IndexError, KeyError, TypeError):
        raise bad_request("offset: Invalid pagination token") from None
    if now.timestamp() > expires:
        raise bad_request("offset: Your pagination token has expired.")
    return rank
