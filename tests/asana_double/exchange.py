"""One request and its answer, for the log and for whoever judges the contract."""

from dataclasses import dataclass
from typing import Any


@dataclass(slots=True)
class Exchange:
    at: str
    method: str
    path: str
    query: dict[str, str]
    token: str
    body: Any
    status: int
    answer: bytes
    fault: str
    milliseconds: float
