"""A client on hold: still ours for a while, then gone since the day the pause began."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from metrics.formulas.retention import Spell, Tenure, tenure

PAUSE_LIMIT_DAYS = 90


@dataclass(frozen=True, slots=True)
class Pause:
    """Work and fees on hold from `start` up to, and without, `end`."""

    start: date
    end: date | None = None

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


def without_long_pauses(
    served: Tenure, pauses: Sequence[Pause], as_of: date, limit_days: int = PAUSE_LIMIT_DAYS
) -> Tenure:
    """A client's spells, with every pause beyond the limit cut out of them.

    A pause of up to the limit changes nothing; one day more, and the client left when it began
    and returns when it ends. What is too long is judged by what is known on `as_of`. Pauses that
    follow each other without a day of work are one, and only days served are on hold: who left
    during a pause left on that day.

    Unit:    days.
    Unknown: a pause without an end lasts until `as_of`.
    Error:   none.
    Source:  docs/definitions.md, 6.
    """
    holds = tenure(served.client, (Spell(pause.start, pause.end) for pause in pauses)).spells
    parts = served.spells
    for hold in holds:
        parts = tuple(piece for spell in parts for piece in _cut(spell, hold, as_of, limit_days))
    return served if parts == served.spells else Tenure(served.client, parts)


def _cut(spell: Spell, hold: Spell, as_of: date, limit_days: int) -> list[Spell]:
    """What is left of a spell on both sides of a pause; all of it, if the pause is not long."""
    start = max(spell.start, hold.start)
    end = min((end for end in (spell.end, hold.end) if end is not None), default=None)
    until = as_of if end is None else min(as_of, end)
    if (until - start).days <= limit_days:
        return [spell]
    before = [Spell(spell.start, start)] if spell.start < start else []
    return before if end is None or end == spell.end else [*before, Spell(end, spell.end)]
