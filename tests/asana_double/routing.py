"""A request as the endpoints see it, and which endpoint answers it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.asana_double.errors import bad_request
from tests.asana_double.faults import Fault


@dataclass
class Call:
    """One request, read and ready to be answered."""

    method: str
    path: str
    query: dict[str, str] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)
    user: str | None = None
    url: str = ""
    token: str = ""
    fault: Fault | None = None
    shown: int = 0  # how many resources the answer holds: what Asana charges for

    @property
    def data(self) -> dict[str, Any]:
        data = self.body.get("data")
        if not isinstance(data, dict):
            raise bad_request("data: Missing input")
        return data

    def suffers(self, kind: str) -> bool:
        """Whether this request was chosen for that fault."""
        return self.fault is not None and self.fault.kind == kind


Handler = Callable[..., Any]
ROUTES: list[tuple[str, re.Pattern[str], Handler, int]] = []
EMPTY = b'{"data":{}}'


class Afterwards(Exception):
    """The rest of an answer that must not be worked out while everybody else waits."""

    def __init__(self, finish: Callable[[], bytes]) -> None:
        super().__init__()
        self.finish = finish


def route(method: str, path: str, status: int = 200) -> Callable[[Handler], Handler]:
    pattern = re.compile("^" + re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path) + "$")

    def keep(handler: Handler) -> Handler:
        ROUTES.append((method, pattern, handler, status))
        return handler

    return keep
