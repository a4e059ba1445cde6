"""How each kind of fault spoils an answer."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from tests.asana_double.errors import ApiError, bad_request
from tests.asana_double.faults import Fault
from tests.asana_double.fuzz import fuzz
from tests.asana_double.paging import TOO_LARGE

PHRASE = "6 sad squid snuggle softly"
HTML = b"<html><head><title>502 Bad Gateway</title></head><body>Bad gateway</body></html>"


@dataclass
class Sabotage:
    error: ApiError | None = None
    silent: bool = False  # no answer at all
    withheld: int = 0  # bytes announced that never come
    seconds: float = 0.0
    keep: float = 1.0  # the share of the answer that is sent
    instead: bytes | None = None
    content_type: str | None = None
    short: bool = False
    drip: bool = False  # byte by byte
    fuzz: Callable[[bytes], bytes] | None = None

    def spoil(self, answer: bytes, content_type: str) -> tuple[bytes, str]:
        if self.instead is not None:
            return self.instead, self.content_type or content_type
        if self.fuzz is not None:
            return self.fuzz(answer), content_type
        kept = answer[: int(len(answer) * self.keep)]
        if self.short:
            self.withheld = len(answer) - len(kept)
        return kept, content_type


def sabotage(fault: Fault, dice: random.Random) -> Sabotage | None:
    kind = fault.kind
    if kind in INSIDE:
        return None
    if kind in ERRORS:
        return Sabotage(error=ERRORS[kind](fault))
    if kind == "fuzz":
        return Sabotage(fuzz=lambda answer: fuzz(answer, fault.what, dice))
    return BREAKS[kind](fault.seconds)


BREAKS: dict[str, Callable[[float], Sabotage]] = {
    "html": lambda _: Sabotage(
        ApiError(502, "Bad gateway"), instead=HTML, content_type="text/html"
    ),
    "hang": lambda seconds: Sabotage(silent=True, seconds=seconds),
    "reset": lambda _: Sabotage(silent=True),
    "stall": lambda seconds: Sabotage(keep=0.5, short=True, seconds=seconds),
    "short body": lambda _: Sabotage(keep=0.5, short=True),
    "cut json": lambda _: Sabotage(keep=0.5),
    "list": lambda _: Sabotage(instead=b"[]"),
    "null": lambda _: Sabotage(instead=b"null"),
    "trickle": lambda seconds: Sabotage(drip=True, seconds=seconds),
}
# What the endpoints themselves do wrong when the call suffers from it.
INSIDE = (
    "done, then 504",
    "412",
    "garbage offset",
    "next page to itself",
    "repeat across pages",
    "sync error",
    "unknown action",
    "unknown resource type",
    "user null",
    "deed",
)
ERRORS = {
    "429": lambda fault: ApiError(
        429, "You have made too many requests recently.", {"Retry-After": str(fault.retry_after)}
    ),
    "429 without Retry-After": lambda fault: ApiError(429, "Too many concurrent requests."),
    "500": lambda fault: ApiError(500, "Server Error", phrase=PHRASE),
    "502": lambda fault: ApiError(502, "Bad Gateway"),
    "503": lambda fault: ApiError(503, "Service Unavailable"),
    "504": lambda fault: ApiError(504, "Gateway Timeout"),
    "401": lambda fault: ApiError(401, "Not Authorized"),
    "402": lambda fault: ApiError(402, "Payment Required"),
    "403": lambda fault: ApiError(403, "Forbidden"),
    "404": lambda fault: ApiError(404, "Unknown object"),
    "451": lambda fault: ApiError(451, "Unavailable For Legal Reasons"),
    "too large": lambda fault: bad_request(TOO_LARGE),
    "expired offset": lambda fault: bad_request("offset: Your pagination token has expired."),
}
