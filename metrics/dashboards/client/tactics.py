"""Tactics of one client, won and lost, the same name on one line."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics.dashboards.portfolio import State
from tasks.models import Tactic

STATES: dict[str, State] = {
    Tactic.Outcome.WIN: "good",
    Tactic.Outcome.LOSS: "bad",
    Tactic.Outcome.INCONCLUSIVE: "none",
}


@dataclass(frozen=True, slots=True)
class TacticLine:
    name: str
    states: list[State]
    words: str
    running: list[Tactic]


def tactic_lines(tactics: Sequence[Tactic]) -> list[TacticLine]:
    lines = []
    for name, same in groupby(tactics, key=lambda tactic: tactic.name):
        mine = list(same)
        judged = [tactic for tactic in mine if tactic.outcome in STATES]
        running = [tactic for tactic in mine if tactic.outcome == Tactic.Outcome.RUNNING]
        states = [STATES[tactic.outcome] for tactic in judged]
        lines.append(TacticLine(name, states, _words(states, len(running)), running))
    return lines


def _words(states: Sequence[State], running: int) -> str:
    parts = []
    won, lost, same = (states.count(state) for state in ("good", "bad", "none"))
    if won or lost:
        parts.append(_("%(won)s won, %(lost)s lost") % {"won": won, "lost": lost})
    if same:
        told = ngettext("%(count)s no difference", "%(count)s no difference", same)
        parts.append(told % {"count": same})
    if running:
        told = ngettext("%(count)s running", "%(count)s running", running)
        parts.append(told % {"count": running})
    return ", ".join(parts)
