from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any


def overlaps(rows: Iterable[Any], owners: list[str]) -> Iterator[tuple[Any, Any]]:
    """Rows of one owner that share a day with one that began before: both, the later one first."""
    by_owner: dict[tuple[Any, ...], list[Any]] = {}
    for row in rows:
        by_owner.setdefault(tuple(getattr(row, name) for name in owners), []).append(row)
    for stretches in by_owner.values():
        stretches.sort(key=_start)
        longest = stretches[0]
        for row in stretches[1:]:
            if _end(longest) > _start(row):
                yield row, longest
            if _end(row) > _end(longest):
                longest = row


def _start(row: Any) -> date:
    start: date | None = row.started_on
    return start or date.min


def _end(row: Any) -> date:
    end: date | None = row.ended_on
    return end or date.max
