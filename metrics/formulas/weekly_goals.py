"""Did managers do each week what they had promised for it?"""

from collections.abc import Iterable
from dataclasses import dataclass

from metrics.formulas.ratio import Ratio


@dataclass(frozen=True, slots=True)
class WeeklyGoals:
    """What became of weekly goals. All but the unplanned were promised when the week locked."""

    met: int = 0
    missed: int = 0  # also those never closed
    deleted: int = 0
    postponed: int = 0
    excused: int = 0  # of the postponed: approved, because the client broke the agreement
    goalless: int = 0  # of those promised: they serve no 90-day goal
    unplanned: int = 0  # added after the lock
    unplanned_met: int = 0

    @property
    def committed(self) -> int:
        return self.met + self.missed + self.deleted + self.postponed


def weekly_goal_hit_rate(goals: WeeklyGoals) -> Ratio:
    """Share of the goals promised at the start of the week that were met by its end.

    A goal that was deleted or put off later stays in: it is not met.

    Unit:    share in [0, 1].
    Unknown: nothing was promised; that itself is a flag.
    Error:   see `wilson`.
    Source:  docs/definitions.md, 13.
    """
    return Ratio(goals.met, goals.committed)


def naive_hit_rate(goals: WeeklyGoals) -> Ratio:
    """What a to-do list would show: deleted goals forgotten, late additions counted.

    The gap to the true rate is how much the list flatters.
    Unit, Unknown, Error, Source: as `weekly_goal_hit_rate`.
    """
    done = goals.met + goals.unplanned_met
    return Ratio(done, goals.committed - goals.deleted + goals.unplanned)


def controllable_hit_rate(goals: WeeklyGoals) -> Ratio:
    """Without the goals put off because the client broke the agreement, as approved.

    Unit, Unknown, Error, Source: as `weekly_goal_hit_rate`.
    """
    return Ratio(goals.met, goals.committed - goals.excused)


def goalless_share(goals: WeeklyGoals) -> Ratio:
    """Share of the promised goals that serve no 90-day goal: work beside what was agreed on.

    Unit, Unknown, Error, Source: as `weekly_goal_hit_rate`.
    """
    return Ratio(goals.goalless, goals.committed)


def pooled(groups: Iterable[Ratio]) -> Ratio:
    """A team's rate: add the counts, never average the rates.

    Unit:    share; 5 of 8, 1 of 1 and 2 of 6 pooled are 8 of 15, 53.3 %, not 65.3 %.
    Unknown: when all groups are empty.
    Error:   see `wilson`.
    Source:  docs/definitions.md, 13.
    """
    parts = list(groups)
    return Ratio(sum(group.part for group in parts), sum(group.whole for group in parts))
