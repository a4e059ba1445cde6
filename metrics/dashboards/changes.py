"""How much was saved since a page was made, from the stamps alone: no row is looked at."""

from typing import NamedTuple

from django.db.models import Model

from metrics.queries.stamps import Stamps, with_history
from tasks.models import PromiseEvent, Task


class Mark(NamedTuple):
    """A moment in the life of the database, as a page carries it in its address."""

    entered: int = 0  # lines in all histories, and in the ledger
    run: int = 0  # the last reading of Asana, and how many tasks it has written so far
    written: int = 0

    def __str__(self) -> str:
        return f"{self.entered}.{self.run}.{self.written}"

    def since(self, before: "Mark") -> int:
        """How many changes came in between; never less than none, also after a restore."""
        read = self.written - (before.written if self.run == before.run else 0)
        return max(0, self.entered - before.entered) + max(0, read)


def mark_of(stamps: Stamps) -> Mark:
    models: list[type[Model]] = [*with_history(), PromiseEvent]
    entered = sum(int(stamps.of(model)[0][0] or 0) for model in models)
    run, written = stamps.of(Task)[0][:2]
    return Mark(entered, int(run or 0), int(written or 0))


def parse_mark(text: str) -> Mark | None:
    parts = text.split(".")
    if len(parts) != len(Mark._fields) or not all(p.isdecimal() and len(p) < 19 for p in parts):
        return None
    return Mark(*(int(part) for part in parts))
