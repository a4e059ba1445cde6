"""What goes wrong on purpose: which requests, how, and how often. Seeded, so it can be repeated."""

import random
import re
from dataclasses import asdict, dataclass, field
from typing import Any

KINDS = (
    "429",  # too many requests, with Retry-After
    "429 without Retry-After",
    "500",  # with Asana's phrase
    "502",
    "503",
    "504",
    "done, then 504",  # what was asked for happens, but whoever asked never learns it
    "html",  # a proxy's error page
    "401",
    "402",
    "403",
    "404",
    "412",  # only on GET /events: the sync token is refused, a fresh one comes with it
    "451",
    "expired offset",
    "garbage offset",  # next_page leads to an offset that nobody can read
    "next page to itself",
    "repeat across pages",  # the last item of the page before comes again
    "too large",  # 400: a truncated set
    "sync error",  # these four: one strange event in front of the others
    "unknown action",
    "unknown resource type",
    "user null",
    "deed",  # somebody does `deed` right after the answer: between two pages, say
    "fuzz",  # the answer is well-formed but strange: see `what` and fuzz.py
    "hang",  # nothing comes for `seconds`, then the connection closes
    "stall",  # half of the body comes, then nothing for `seconds`
    "short body",  # fewer bytes than announced
    "cut json",  # as many bytes as announced, but half a document
    "list",  # `[]` where an object belongs
    "null",  # JSON, but not what was asked for
    "trickle",  # one byte each `seconds`
    "reset",  # the connection breaks before an answer
)


@dataclass
class Fault:
    kind: str
    path: str = ""  # a regular expression for path and query
    method: str = ""
    token: str = ""
    nth: int | None = None  # only on the n-th request that matches
    every: int | None = None  # on each n-th that matches
    probability: float | None = None
    times: int | None = None  # so often, then never again
    retry_after: int = 1
    seconds: float = 5.0
    what: str = ""  # for "fuzz"
    deed: dict[str, Any] = field(default_factory=dict)  # {"method", "path", "data"?, "user"?}
    matched: int = 0
    fired: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"No such fault: {self.kind}. There are: {', '.join(KINDS)}")

    def matches(self, method: str, target: str, token: str) -> bool:
        return (
            (not self.method or self.method == method)
            and (not self.token or self.token == token)
            and (not self.path or re.search(self.path, target) is not None)
        )

    def fires(self, dice: random.Random) -> bool:
        if self.times is not None and self.fired >= self.times:
            return False
        if self.nth is not None and self.matched != self.nth:
            return False
        if self.every is not None and self.matched % self.every:
            return False
        if self.probability is not None and dice.random() >= self.probability:
            return False
        self.fired += 1
        return True


@dataclass
class Faults:
    seed: int = 1
    rules: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)

    def add(self, kind: str, **rule: Any) -> Fault:
        fault = Fault(kind, **rule)
        self.rules.append(fault)
        return fault

    def clear(self) -> None:
        self.rules.clear()

    def strike(self, method: str, target: str, token: str) -> Fault | None:
        """The first rule that applies to this request, if any; each counts what matches it."""
        struck = None
        for rule in self.rules:
            if rule.matches(method, target, token):
                rule.matched += 1
                if struck is None and rule.fires(self.dice):
                    struck = rule
        return struck

    def listed(self) -> list[dict[str, Any]]:
        return [asdict(rule) for rule in self.rules]
