"""Has anything changed since? One quick query, so that unchanged numbers need not be recounted."""

from functools import cache
from time import monotonic
from typing import Any

from django.db import connection
from django.db.models import Model

from metrics.models import Limit
from metrics.queries.known import facts_with_history
from tasks.models import AsanaConnection, EventStream, PromiseEvent, SyncRun, Task

Stamp = tuple[Any, ...]

# Two changes at once may be committed in the other order than they were numbered, and then the
# newest number does not move with the second one. So what is kept is looked at again 1, 2, 4 ... s
# after a change, until every transaction that ran beside it is over for sure.
CALM_AFTER = (128).bit_length()


@cache
def with_history() -> tuple[type[Model], ...]:
    """Every deed on these leaves a line in their history: its newest line moves with any change."""
    return (*facts_with_history(), Limit)


class Stamps:
    """Equal stamps of some models mean that not one of their rows has changed, or just now.

    Two readings that are equal as a whole are interchangeable as keys of what was counted.
    """

    def __init__(self, newest: dict[type[Model], Stamp]) -> None:
        self._newest = newest
        self._all = tuple(newest.values())

    def of(self, *models: type[Model]) -> Stamp:
        return tuple(self._newest[model] for model in models)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Stamps) and self._all == other._all

    def __hash__(self) -> int:
        return hash(self._all)


def make_ready() -> None:
    """What is asked is worked out once, before a process is copied. The database is not asked."""
    _question()


def read_stamps() -> Stamps:
    """Looks at the ends of indexes only: as fast with a million rows as with ten."""
    sql, owners = _question()
    with connection.cursor() as cursor:
        cursor.execute(sql)
        values = cursor.fetchone()
    newest: dict[type[Model], list[Any]] = {}
    for owner, value in zip(owners, values, strict=True):
        newest.setdefault(owner, []).append(value)
    return Stamps({owner: (*stamp, _turn(owner, tuple(stamp))) for owner, stamp in newest.items()})


_SEEN: dict[type[Model], tuple[Stamp, float]] = {}


def _turn(owner: type[Model], stamp: Stamp) -> int:
    """How often it is time to look again since this process first saw the stamp."""
    now = monotonic()
    known, since = _SEEN.get(owner, (None, now))
    if known != stamp:
        _SEEN[owner], since = (stamp, now), now
    return min(CALM_AFTER, (1 + int(now - since)).bit_length())


@cache
def _question() -> tuple[str, list[type[Model]]]:
    parts: list[str] = []
    owners: list[type[Model]] = []
    for model in with_history():
        table = model.history.model._meta.db_table  # type: ignore[attr-defined]
        # The number alone could come again after a restore; the moment cannot.
        parts += [f"MAX(history_id) FROM {table}", f"MAX(history_date) FROM {table}"]
        owners += [model, model]
    # Tasks have no history of their own: they change when Asana is read, a page at a
    # time, or when the events of a project are followed.
    runs, connections = SyncRun._meta.db_table, AsanaConnection._meta.db_table
    streams = EventStream._meta.db_table
    parts += [
        f"id FROM {runs} ORDER BY id DESC LIMIT 1",
        f"tasks_written FROM {runs} ORDER BY id DESC LIMIT 1",
        f"MAX(read_at) FROM {connections}",
        f"MAX(searched_at) FROM {connections}",
        f"MAX(token_at) FROM {streams}",
    ]
    owners += [Task] * 5
    # The ledger is only ever added to.
    parts.append(f"MAX(id) FROM {PromiseEvent._meta.db_table}")
    owners.append(PromiseEvent)
    return "SELECT " + ", ".join(f"(SELECT {part})" for part in parts), owners
