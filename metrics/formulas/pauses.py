"""A client on hold: still ours for a while, then gone since the day the pause began."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from metrics.formulas.retention import Spell, Tenure

PAUSE_LIMIT_DAYS = 90


@dataclass(frozen=True, slots=True)
class Pause:
    """Work and fees on hold from `start` up to, and without, `end`."""

    start: date
    end: date | None = None

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    def days_by(self, as_of: date) -> int:
        """How long it has lasted, as far as it is known on a day."""
        until = as_of if self.end is None or self.end > as_of else self.end
        return max(0, (until - self.start).days)


def without_long_pauses(
    served: Tenure, pauses: Sequence[Pause], as_of: date, limit_days: int = PAUSE_LIMIT_DAYS
) -> Tenure:
    """A client's spells, with every pause beyond the limit cut out of them.

    A pause of up to the limit changes nothing; one day more, and the client left when it began
    and returns when it ends. What is too long is judged by what is known on `as_of`.

    Unit:    days.
    Unknown: a pause without an end lasts until `as_of`.
    Error:   none.
    Source:  docs/definitions.md, 6.
    """
    long = [pause for pause in pauses if pause.days_by(as_of) > limit_days]
    parts: list[Spell] = list(served.spells)
    for pause in long:
        parts = [piece for spell in parts for piece in _cut(spell, pause)]
    return Tenure(served.client, tuple(parts)) if long else served


def _cut(spell: Spell, pause: Pause) -> list[Spell]:
    """What is left of a spell on both sides of a pause."""
    before = Spell(spell.start, pause.start if spell.covers(pause.start) else spell.end)
    pieces = [] if pause.start <= spell.start else [before]
    if pause.end is not None and (spell.end is None or pause.end < spell.end):
        pieces.append(Spell(max(spell.start, pause.end), spell.end))
    return pieces
