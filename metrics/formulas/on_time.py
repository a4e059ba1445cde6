"""Were tasks done by the day they were due?"""

from dataclasses import dataclass

from metrics.formulas.ratio import Ratio


@dataclass(frozen=True, slots=True)
class DueTasks:
    """The tasks whose frozen due date lies in a period, also those still open or deleted."""

    on_time: int  # done by the end of the local day they were due
    late: int
    never: int  # open, or deleted undone
    postponed: int = 0  # not done by then; asked for in time to put it off, and approved

    @property
    def due(self) -> int:
        return self.on_time + self.late + self.never + self.postponed


def on_time_rate(tasks: DueTasks) -> Ratio:
    """Share of the tasks due that were done by then. A postponed one was not.

    Unit:    share in [0, 1].
    Unknown: nothing was due.
    Error:   see `wilson`.
    Source:  docs/definitions.md, 12 (strict form).
    """
    return Ratio(tasks.on_time, tasks.due)


def on_time_rate_adjusted(tasks: DueTasks) -> Ratio:
    """The same without the tasks whose postponement was approved.

    Unit:    share in [0, 1].
    Unknown: nothing was due but what was postponed.
    Error:   see `wilson`.
    Source:  docs/definitions.md, 12 (adjusted form).
    """
    return Ratio(tasks.on_time, tasks.due - tasks.postponed)
