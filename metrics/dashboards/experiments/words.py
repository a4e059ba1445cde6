"""What the states of a test are called, and by which mark they are shown."""

import re
from collections.abc import Iterable, Sequence

from godview.translating.later import later
from metrics.dashboards.portfolio import State
from metrics.dashboards.retold import retold
from metrics.formulas.experiments import VerdictState

WORDS: dict[VerdictState, str] = {
    VerdictState.WON: later("Won"),
    VerdictState.LOST: later("Lost"),
    VerdictState.NO_DIFFERENCE: later("No difference"),
    VerdictState.RUNNING: later("Running"),
    VerdictState.TOO_EARLY: later("Too early"),
    VerdictState.INVALID: later("Invalid"),
}
# Of a chip: "info" has no mark, because a test that goes on has no status yet.
CHIPS: dict[VerdictState, str] = {
    VerdictState.WON: "good",
    VerdictState.LOST: "bad",
    VerdictState.NO_DIFFERENCE: "none",
    VerdictState.RUNNING: "info",
    VerdictState.TOO_EARLY: "info",
    VerdictState.INVALID: "watch",
}
MARKS: dict[VerdictState, State] = {VerdictState.WON: "good", VerdictState.LOST: "bad"}
CONFIDENCES = ("80", "90", "95", "99")


def named(reasons: Iterable[str], arms: Sequence[str]) -> list[str]:
    """The reasons in words, with the names of the variants; `arms` begins with the control."""

    def name(found: re.Match[str]) -> str:
        place = int(found[1])
        return f"{arms[place]}:" if place < len(arms) else found[0]

    return [retold(re.sub(r"^variant (\d+):", name, reason)) for reason in reasons]
