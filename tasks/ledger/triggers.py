"""What the database refuses, whoever asks for it, in words that both databases understand."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models

from clients.models import ClientGoal
from tasks.models import Promise, PromiseEvent, WeeklyGoal

LEDGER = (Promise, PromiseEvent)
WRITTEN = "The ledger is only ever added to: what was promised and what happened stay as they are."
PROMISED = "This weekly goal was promised: its client, manager, week and words are fixed."
AGREED = "What was agreed is locked: a leader changes it, with a reason, in the ledger."

ONCE_PROMISED = "EXISTS (SELECT 1 FROM tasks_promise p WHERE p.client_goal_id = OLD.id)"
ONCE_COMMITTED = "EXISTS (SELECT 1 FROM tasks_promise p WHERE p.weekly_goal_id = OLD.id)"
TIMES_CHANGED = """(SELECT count(*) FROM tasks_promiseevent e
    JOIN tasks_promise p ON p.id = e.promise_id
    WHERE p.client_goal_id = OLD.id AND e.kind = 'changed')"""


@dataclass(frozen=True, slots=True)
class Trigger:
    """Before a deed on a table: refuse it, with these words, where the condition holds."""

    table: str
    deed: str
    words: str
    when: str = "true"
    called: str = ""

    @property
    def name(self) -> str:
        return f"{self.table}_no_{self.called or self.deed.lower()}"


def triggers(vendor: str) -> Iterator[Trigger]:
    for model in LEDGER:
        table = model._meta.db_table
        yield Trigger(table, "UPDATE", WRITTEN)
        yield Trigger(table, "DELETE", WRITTEN)
        if vendor == "postgresql":
            yield Trigger(table, "TRUNCATE", WRITTEN)
    weekly, agreed_on = WeeklyGoal._meta.db_table, ClientGoal._meta.db_table
    promised = f"OLD.committed_at IS NOT NULL AND {_differs(('id', *WeeklyGoal.FIXED))}"
    yield Trigger(weekly, "UPDATE", PROMISED, promised, "rewrite")
    yield Trigger(weekly, "DELETE", PROMISED, ONCE_COMMITTED)
    yield Trigger(agreed_on, "DELETE", AGREED, ONCE_PROMISED)
    # New terms come with a line in the ledger; the version counts them, one by one.
    unsaid = f"(NEW.version <> OLD.version + 1 OR NEW.version <> 1 + {TIMES_CHANGED})"
    fixed = ("id", *ClientGoal.FIXED, "version")
    agreed = f"{_differs(fixed)} AND {ONCE_PROMISED} AND (OLD.id <> NEW.id OR {unsaid})"
    yield Trigger(agreed_on, "UPDATE", AGREED, agreed, "rewrite")
    if vendor == "sqlite":
        yield from _no_replacing()


def _no_replacing() -> Iterator[Trigger]:
    """OR REPLACE takes the row that is in the way, without asking whether that may be deleted."""
    for model in LEDGER:
        yield Trigger(model._meta.db_table, "INSERT", WRITTEN, _is_there(model), "replace")
    kept = (
        (WeeklyGoal, PROMISED, "there.committed_at IS NOT NULL"),
        (ClientGoal, AGREED, ONCE_PROMISED.replace("OLD.id", "there.id")),
    )
    for goals, words, such in kept:
        table, another = goals._meta.db_table, f"there.id <> OLD.id AND {such}"
        yield Trigger(table, "INSERT", words, _is_there(goals, such), "replace")
        yield Trigger(table, "UPDATE", words, _is_there(goals, another), "push_out")


def _differs(columns: tuple[str, ...]) -> str:
    return "(" + " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in columns) + ")"


def _is_there(model: type[models.Model], such: str = "true") -> str:
    """A row, of `such` a kind, with one of the same keys."""
    table = model._meta.db_table
    same = (" AND ".join(f"there.{name} = NEW.{name}" for name in key) for key in _keys(model))
    return " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} AS there WHERE {rows} AND {such})"  # noqa: S608
        for rows in same
    )


def _keys(model: type[models.Model]) -> Iterator[tuple[str, ...]]:
    """The columns that no two rows have in common."""
    columns = {field.name: str(field.column) for field in model._meta.concrete_fields}
    yield from ((columns[f.name],) for f in model._meta.concrete_fields if f.unique)
    for constraint in model._meta.total_unique_constraints:
        yield tuple(columns[name] for name in constraint.fields)
