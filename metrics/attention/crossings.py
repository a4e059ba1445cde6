"""What changed since the rules were last looked at, and who is quiet for now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

Standing = Mapping[int, frozenset[str]]  # rules that each client breaks


class Change(NamedTuple):
    client: int
    rule: str


@dataclass(frozen=True, slots=True)
class Changes:
    crossed: tuple[Change, ...]
    cleared: tuple[Change, ...]


def changes(known: Standing, now: Standing) -> Changes:
    """What began and what ended between two looks. What stands on does not begin again."""
    return Changes(tuple(_more(now, known)), tuple(_more(known, now)))


def _more(one: Standing, other: Standing) -> Iterable[Change]:
    for client, rules in one.items():
        for rule in sorted(rules - other.get(client, frozenset())):
            yield Change(client, rule)


class Handling(NamedTuple):
    """What people did about a client's alarm: asleep until a day, or closed while still true."""

    known: frozenset[str]  # rules that had been crossed when it was last looked at
    is_open: bool
    snoozed_until: date | None


def is_quiet(rules: frozenset[str], handling: Handling | None, today: date) -> bool:
    """Closed or asleep, and nothing new has come up since."""
    if handling is None or rules - handling.known:
        return False
    if not handling.is_open:
        return True
    return handling.snoozed_until is not None and handling.snoozed_until > today
