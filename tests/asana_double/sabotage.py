"""How each kind of fault spoils an answer."""

from dataclasses import dataclass

from tests.asana_double.errors import ApiError, bad_request
from tests.asana_double.faults import Fault

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

    def spoil(self, answer: bytes, content_type: str) -> tuple[bytes, str]:
        if self.instead is not None:
            return self.instead, self.content_type or content_type
        kept = answer[: int(len(answer) * self.keep)]
        if self.short:
            self.withheld = len(answer) - len(kept)
        return kept, content_type


def sabotage(fault: Fault) -> Sabotage:
    kind = fault.kind
    if kind in ERRORS:
        return Sabotage(error=ERRORS[kind](fault))
    match kind:
        case "html":
            error = ApiError(502, "Bad gateway")
            return Sabotage(error=error, instead=HTML, content_type="text/html")
        case "hang":
            return Sabotage(silent=True, seconds=fault.seconds)
        case "stall":
            return Sabotage(keep=0.5, short=True, seconds=fault.seconds)
        case "short body":
            return Sabotage(keep=0.5, short=True)
        case "cut json":
            return Sabotage(keep=0.5)
        case "null":
            return Sabotage(instead=b"null")
        case _:
            return Sabotage(silent=True)


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
    "expired offset": lambda fault: bad_request("offset: Your pagination token has expired."),
}
