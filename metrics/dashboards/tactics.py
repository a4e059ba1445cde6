"""What was tried for clients, won and lost, put together as one likes: by name, client, manager,
pod or industry."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from godview.folding import by_letters
from godview.translating.later import later
from metrics.charts.interval_plot import SHARE, interval_plot
from metrics.dashboards.client.tactics import STATES
from metrics.dashboards.portfolio import State
from metrics.formulas.ratio import Interval, Ratio, wilson
from metrics.formulas.tactics import (
    TacticRecord,
    decisive_share,
    shrunk_win_rate,
    tactic_win_rate,
)
from metrics.queries.tactics import TacticRow, record_of

By = Literal["tactic", "client", "manager", "pod", "industry"]
MOST_DOTS = 20
NOBODY = later("nobody named")
WIN, LOSS, LEVEL = STATES  # as they are judged
# What the rows behind a number are called in the address: their word, and their verdicts.
WANTED: dict[str, tuple[str, frozenset[str]]] = {
    "won": ("won", frozenset({WIN})),
    "lost": ("lost", frozenset({LOSS})),
    "level": (later("without a difference"), frozenset({LEVEL})),
    "decided": ("decided", frozenset({WIN, LOSS})),
    "ended": ("ended", frozenset(STATES)),
}
RUNNING = "running"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The tactics behind one number, the newest first."""

    word: str
    rows: list[TacticRow]


def wanted(rows: Iterable[TacticRow], asked: str) -> Wanted | None:
    if asked == RUNNING:
        return Wanted(RUNNING, [row for row in rows if row.outcome not in STATES])
    if asked not in WANTED:
        return None
    word, verdicts = WANTED[asked]
    found = [row for row in rows if row.outcome in verdicts]
    return Wanted(word, sorted(found, key=_ended, reverse=True))


@dataclass(frozen=True, slots=True)
class TacticGroup:
    """Tactics with one thing in common. `slug` is what the address calls it; empty: none."""

    name: str
    slug: str
    record: TacticRecord
    running: int
    states: tuple[State, ...]  # of the newest verdicts, the oldest of them first
    clients: int
    picture: SafeString

    @property
    def rate(self) -> Ratio:
        return tactic_win_rate(self.record)

    @property
    def likely(self) -> Interval | None:
        return wilson(self.rate)

    @property
    def rank(self) -> float:
        """To order by: few cases are pulled to the middle."""
        return shrunk_win_rate(self.record)

    @property
    def decisive(self) -> Ratio:
        return decisive_share(self.record)

    @property
    def older(self) -> int:
        """Verdicts for which there was no room."""
        return self.record.closed - len(self.states)


KEYS: dict[By, Callable[[TacticRow], tuple[str, str]]] = {
    "tactic": lambda row: (row.name, row.name),
    "client": lambda row: (row.client_slug, row.client),
    "manager": lambda row: (row.manager_slug, row.manager or NOBODY),
    "pod": lambda row: (row.pod_slug, row.pod or _("no pod")),
    "industry": lambda row: (row.industry, row.industry or _("not told")),
}


def groups(rows: Iterable[TacticRow], by: By) -> list[TacticGroup]:
    """By rank, the people among them by name."""
    mine: dict[tuple[str, str], list[TacticRow]] = {}
    for row in rows:
        mine.setdefault(KEYS[by](row), []).append(row)
    overall = tactic_win_rate(record(row for same in mine.values() for row in same)).value
    found = [_group(key, same, overall) for key, same in mine.items()]
    found.sort(key=lambda group: by_letters(group.name))
    if by != "manager":
        found.sort(key=lambda group: (group.record.decided == 0, -group.rank))
    return found


def record(rows: Iterable[TacticRow]) -> TacticRecord:
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.outcome] = counts.get(row.outcome, 0) + 1
    return record_of(counts)


def _group(key: tuple[str, str], rows: Sequence[TacticRow], overall: float | None) -> TacticGroup:
    found = record(rows)
    judged = sorted((row for row in rows if row.outcome in STATES), key=_ended)
    rate = tactic_win_rate(found)
    return TacticGroup(
        name=key[1],
        slug=key[0],
        record=found,
        running=len(rows) - found.closed,
        states=tuple(STATES[row.outcome] for row in judged[-MOST_DOTS:]),
        clients=len({row.client_slug for row in rows}),
        picture=interval_plot(
            rate.value,
            wilson(rate),
            state="none" if rate.small_base else "plain",
            dashed=rate.small_base,
            reference=overall,
            scale=SHARE,
        ),
    )


def _ended(row: TacticRow) -> str:
    return row.ended_on.isoformat() if row.ended_on else ""
