"""Pages of a list, and the opaque tokens that lead from one to the next.

As in Asana, a token holds the rank of the last item shown (so that a list reordered meanwhile may
skip or repeat) and dies after fifteen minutes.
"""

import base64
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any
from urllib.parse import urlencode

import orjson

from tests.asana_double.errors import bad_request
from tests.asana_double.routing import Call

LIFETIME_SECONDS = 900
MOST_UNPAGED = 1000
TOO_LARGE = (
    "The result is too large. You should use pagination (may require specifying a workspace)!"
)


@dataclass(frozen=True)
class Page:
    items: list[Any]
    next_offset: str | None


def page_of(ranked: Sequence[tuple[int, Any]], call: Call, now: datetime) -> Page:
    """The page that `limit` and `offset` ask for; without a limit, everything that fits."""
    query = call.query
    start = _start(ranked, call, now)
    if "limit" not in query:
        if len(ranked) - start > MOST_UNPAGED:
            raise bad_request(TOO_LARGE)
        return Page([item for _, item in ranked[start:]], None)
    limit = _limit(query["limit"])
    shown = ranked[start : start + limit]
    more = len(ranked) > start + limit
    following = _token(shown[-1][0], now) if more else None
    return Page([item for _, item in shown], _misled(call, following, ranked, now))


def _start(ranked: Sequence[tuple[int, Any]], call: Call, now: datetime) -> int:
    """The place of the first item of this page: behind the last one of the page before."""
    if "offset" not in call.query:
        return 0
    after = _read(call.query["offset"], now)
    if call.suffers("repeat across pages"):  # the last item of the page before comes again
        return bisect_left(ranked, after, key=itemgetter(0))
    return bisect_right(ranked, after, key=itemgetter(0))


def _misled(
    call: Call, following: str | None, ranked: Sequence[tuple[int, Any]], now: datetime
) -> str | None:
    if following and call.suffers("next page to itself"):
        return call.query.get("offset") or _token(ranked[0][0] - 1, now)
    if following and call.suffers("garbage offset"):
        return "not-a-token"
    return following


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
