"""One test: its plan, what was counted, and what may be said of it with every sum."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.safestring import SafeString

from metrics.charts.interval_plot import axis, interval_plot
from metrics.dashboards.experiments.sums import Sum, sums
from metrics.dashboards.experiments.words import CHIPS, MARKS, WORDS, named
from metrics.dashboards.onward import Onward
from metrics.formulas.experiment_course import Look, Outcome, Seen, sample_share
from metrics.formulas.proportions import Arm
from metrics.formulas.ratio import Ratio
from metrics.queries.experiments import ReadingRow, TestRecord, read_records, readings_of
from tasks.models import Experiment


@dataclass(frozen=True, slots=True)
class ArmLine:
    """One arm by the look that the verdict rests on, against the control."""

    name: str
    is_control: bool
    arm: Arm | None
    seen: Seen | None
    picture: SafeString


@dataclass(frozen=True, slots=True)
class LookLine:
    """One day of readings; `is_judged` is the one that decided."""

    day: date
    cells: tuple[ReadingRow | None, ...]
    share: Ratio
    is_judged: bool
    is_later: bool
    is_complete: bool


@dataclass(frozen=True)
class ExperimentPage:
    row: Experiment
    record: TestRecord
    outcome: Outcome
    day: date
    onward: Onward
    readings: Sequence[tuple[date, dict[int, ReadingRow]]]

    @property
    def word(self) -> str:
        return WORDS[self.outcome.state]

    @property
    def reasons(self) -> list[str]:
        return named(self.outcome.reasons, [arm.name for arm in self.record.arms])

    @property
    def chip(self) -> str:
        return CHIPS[self.outcome.state]

    @property
    def client_url(self) -> str:
        return self.onward.to("client", self.row.client.slug)

    @property
    def designer_url(self) -> str:
        designer = self.row.designer
        return self.onward.person(designer.pk, designer.slug) if designer else ""

    @property
    def confidence(self) -> float:
        return 1 - self.record.plan.alpha

    @property
    def sample(self) -> Ratio:
        return sample_share(self.record.plan, self.outcome.look)

    @property
    def is_open(self) -> bool:
        """Whether it may still be stopped."""
        return self.row.ended_on is None

    @property
    def is_fixed(self) -> bool:
        return bool(self.readings)

    @property
    def axis(self) -> SafeString:
        return axis()

    @cached_property
    def sums(self) -> list[Sum]:
        names = [arm.name for arm in self.record.arms]
        return sums(self.record.plan, self.outcome, names)

    @cached_property
    def arms(self) -> list[ArmLine]:
        look, state = self.outcome.look, MARKS.get(self.outcome.state, "none")
        seen = {one.variant: one for one in self.outcome.seen}
        return [
            ArmLine(
                name=arm.name,
                is_control=arm.is_control,
                arm=look.arms[place] if look else None,
                seen=seen.get(place),
                picture=_picture(seen.get(place), state),
            )
            for place, arm in enumerate(self.record.arms)
        ]

    @cached_property
    def looks(self) -> list[LookLine]:
        """Newest first; days on which an arm was not read are there too, and say so."""
        judged = self.outcome.look.day if self.outcome.look and self.outcome.seen else None
        over = self.outcome.decided_on
        lines = []
        for day, read in self.readings:
            cells = tuple(read.get(arm.id) for arm in self.record.arms)
            known = [Arm(cell.visitors, cell.conversions) for cell in cells if cell]
            complete = bool(known) and len(known) == len(cells)
            look = Look(day, tuple(known)) if complete else None
            lines.append(
                LookLine(
                    day,
                    cells,
                    sample_share(self.record.plan, look),
                    is_judged=over is not None and day == judged,
                    is_later=over is not None and judged is not None and day > judged,
                    is_complete=complete,
                )
            )
        return lines


def experiment_page(row: Experiment, day: date, onward: Onward) -> ExperimentPage:
    record = read_records(Experiment.objects.filter(pk=row.pk))[0]
    readings = readings_of(row, day)
    return ExperimentPage(row, record, record.outcome(day), day, onward, readings)


def _picture(seen: Seen | None, state: str) -> SafeString:
    return interval_plot(
        seen.lift if seen else None,
        seen.lift_interval if seen else None,
        state=state if seen and seen.confidence is not None else "none",
        dashed=seen is not None and seen.confidence is None,
    )
