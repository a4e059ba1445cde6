"""How many lines came into the histories and the ledger: counted, since numbers may be missing."""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from django.db import connection
from django.db.models import Model

from metrics.queries.stamps import with_history
from tasks.models import PromiseEvent


class Stretch(NamedTuple):
    """The lines of a model after one number, up to another."""

    model: type[Model]
    after: int
    up_to: int


@cache
def entered_models() -> tuple[type[Model], ...]:
    return (*with_history(), PromiseEvent)


def lines_in(stretches: Iterable[Stretch]) -> int:
    """One question, that reads nothing but the ends of indexes; none, if nothing has moved.

    What was rolled back has used its numbers up, so a difference of numbers would say too much.
    """
    moved = [one for one in stretches if one.up_to > one.after]
    if not moved:
        return 0
    parts, told = [], []
    for one in moved:
        table, key = _numbered(one.model)
        parts.append(  # fixed names only
            f"(SELECT COUNT(*) FROM {table} WHERE {key} > %s AND {key} <= %s)"  # noqa: S608
        )
        told += [one.after, one.up_to]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {' + '.join(parts)}", told)
        return int(cursor.fetchone()[0])


def _numbered(model: type[Model]) -> tuple[str, str]:
    if model is PromiseEvent:
        return PromiseEvent._meta.db_table, "id"
    history = model.history.model  # type: ignore[attr-defined]
    return history._meta.db_table, "history_id"
