"""How much was saved since a page was made: unless something was, no row is looked at."""

from typing import NamedTuple

from metrics.queries.entered import Stretch, entered_models, lines_in
from metrics.queries.stamps import Stamps
from tasks.models import Task


class Mark(NamedTuple):
    """A moment in the life of the database, as a page carries it in its address."""

    ends: tuple[int, ...]  # the newest line of each history, and of the ledger
    run: int = 0  # the last reading of Asana, and how many tasks it has written so far
    written: int = 0

    def __str__(self) -> str:
        return ".".join(map(str, (*self.ends, self.run, self.written)))

    def since(self, before: "Mark") -> int:
        """How many changes came in between; never less than none, also after a restore."""
        stretches = map(Stretch, entered_models(), before.ends, self.ends)
        read = self.written - (before.written if self.run == before.run else 0)
        return lines_in(stretches) + max(0, read)


def mark_of(stamps: Stamps) -> Mark:
    ends = tuple(int(stamps.of(model)[0][0] or 0) for model in entered_models())
    run, written = stamps.of(Task)[0][:2]
    return Mark(ends, int(run or 0), int(written or 0))


def parse_mark(text: str) -> Mark | None:
    """None also for the mark of another version of God View, which counted other things."""
    parts = text.split(".")
    known = len(entered_models()) + 2
    if len(parts) != known or not all(p.isdecimal() and len(p) < 19 for p in parts):
        return None
    *ends, run, written = map(int, parts)
    return Mark(tuple(ends), run, written)
