"""Who designed tests, and how many of the valid ones were won: by name, never ranked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from godview.folding import by_letters
from godview.periods import Period
from godview.translating.later import later
from metrics.charts.interval_plot import SHARE, interval_plot
from metrics.dashboards.experiments.lines import Line
from metrics.dashboards.experiments.words import WORDS
from metrics.formulas.experiment_course import FEWEST_DECIDED, record_of_tests
from metrics.formulas.experiments import VerdictState
from metrics.formulas.ratio import Ratio, wilson
from metrics.formulas.tactics import TacticRecord, shrunk_win_rate, tactic_win_rate

NOBODY = later("Nobody named")


@dataclass(frozen=True, slots=True)
class Designer:
    """`rate` is None under 8 decided tests: then the record is told, and no share."""

    name: str
    slug: str
    pods: tuple[str, ...]
    record: TacticRecord
    rate: float | None
    shrunk: float | None
    picture: SafeString

    @property
    def words(self) -> str:
        told = _("%(won)s won, %(lost)s lost")
        if self.record.inconclusive:
            told = _("%(won)s won, %(lost)s lost, %(level)s level")
        counts = {"won": self.record.wins, "lost": self.record.losses}
        return told % {**counts, "level": self.record.inconclusive}

    @property
    def is_too_few(self) -> bool:
        return self.record.decided < FEWEST_DECIDED


@dataclass(frozen=True, slots=True)
class Bar:
    state: VerdictState
    word: str
    count: int
    width: float  # of 100


def decided_in(lines: Iterable[Line], period: Period) -> list[Line]:
    """Tests whose planned verdict fell after the period's start, up to and on its end."""
    return [
        line
        for line in lines
        if line.planned.decided_on and period.start < line.planned.decided_on <= period.end
    ]


def record_of(lines: Iterable[Line]) -> TacticRecord:
    return record_of_tests(line.planned for line in lines)


def designers(lines: Sequence[Line], overall: Ratio) -> list[Designer]:
    """One for each who has a test among the decided ones."""
    mine: dict[str, list[Line]] = {}
    for line in lines:
        mine.setdefault(line.record.designer_slug, []).append(line)
    found = [_designer(theirs, overall.value) for theirs in mine.values()]
    return sorted(found, key=lambda one: (not one.slug, by_letters(one.name)))


def _designer(lines: Sequence[Line], overall: float | None) -> Designer:
    record, first = record_of(lines), lines[0].record
    rate = tactic_win_rate(record)
    enough = record.decided >= FEWEST_DECIDED
    return Designer(
        name=first.designer_name or NOBODY,
        slug=first.designer_slug,
        pods=tuple(sorted({line.client.pod for line in lines if line.client.pod})),
        record=record,
        rate=rate.value if enough else None,
        shrunk=shrunk_win_rate(record) if enough else None,
        picture=interval_plot(
            rate.value,
            wilson(rate),
            state="plain" if enough else "none",
            dashed=not enough,
            reference=overall,
            scale=SHARE,
        ),
    )


def bars(lines: Iterable[Line]) -> list[Bar]:
    """How many of each state, at the confidence that was asked for; longest is full width."""
    counts = dict.fromkeys(WORDS, 0)
    for line in lines:
        counts[line.state] += 1
    most = max(counts.values(), default=0) or 1
    return [Bar(state, WORDS[state], n, 100 * n / most) for state, n in counts.items()]
