"""The numbers of many days at once: each kind of fact is read once for all of them."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from django.conf import settings

from godview.periods import Period
from metrics.dashboards.numbers import Facts
from metrics.dashboards.numbers.facts import D
from metrics.dashboards.portfolio import BOOK
from metrics.formulas.book import Book
from metrics.formulas.on_time import DueTasks
from metrics.formulas.promises import PromiseRecord
from metrics.formulas.ratio import Ratio
from metrics.formulas.tactics import TacticRecord
from metrics.formulas.weekly_goals import WeeklyGoals
from metrics.memory import remembered
from metrics.queries import past as queries
from metrics.queries.beginnings import records_begin
from metrics.queries.books import Ledger, read_ledger
from metrics.queries.deadlines import DueWork, ListedWork, due_work, listed_work
from metrics.queries.durations import past_durations
from metrics.queries.experiments import TestRecord, records_of_scope
from metrics.queries.limits import LimitHistory, Limits, limit_history
from metrics.queries.pace import ClientPace
from metrics.queries.promises import PastPromises, past_promises
from metrics.queries.scopes import AGENCY, Roster, Scope, read_roster
from metrics.queries.stamps import Stamp, Stamps
from metrics.queries.trends import last_touches_by, paces_by
from metrics.queries.weekly_goals import DueGoals, due_goals
from training.models import ModuleVersion, Requirement, TrainingModule
from training.register import read_subjects
from training.standing import Standing, Subject

R = TypeVar("R")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, and the period that is looked back on from it."""

    period: Period
    as_of: date


class Past:
    """What the numbers of some moments are counted from; nothing is read before it is needed."""

    def __init__(self, scope: Scope, moments: Sequence[Moment], stamps: Stamps) -> None:
        self.scope, self.moments, self._stamps = scope, moments, stamps
        self.days = sorted({moment.as_of for moment in moments})
        self._books: dict[date, Book] = {}
        self._rows: dict[Any, list[Any]] = {}

    def facts(self) -> list["PastFacts"]:
        """One for each moment, oldest first."""
        return [PastFacts(self, moment) for moment in self.moments]

    @cached_property
    def roster(self) -> Roster:
        return read_roster(self.scope)

    @cached_property
    def ledger(self) -> Ledger:
        if self.scope.kind in ("finance_model", "service"):  # only what is paid for that
            return read_ledger(self.scope)
        return ledger_of(self._stamps).within(self.roster.spells)

    def book(self, day: date) -> Book:
        if day not in self._books:
            self._books[day] = self.ledger.on(day)
        return self._books[day]

    def rows(self, query: Callable[[Scope, T], list[R]], when: T) -> list[R]:
        """What a query says about the whole stretch, or about its last day; asked once."""
        if query not in self._rows:
            self._rows[query] = query(self.scope, when)
        return self._rows[query]

    @cached_property
    def records_from(self) -> date | None:
        return settings.RECORDS_BEGIN or records_begin()

    @cached_property
    def touches(self) -> dict[date, dict[Hashable, date | None]]:
        found: dict[date, dict[Hashable, date | None]] = {day: {} for day in self.days}
        for client, newest in last_touches_by(self.days).items():
            for day, touch in zip(self.days, newest, strict=True):
                found[day][client] = touch
        return found

    @cached_property
    def goals(self) -> dict[date, dict[int, ClientPace]]:
        return dict(zip(self.days, paces_by(self.days, self.limits), strict=True))

    @cached_property
    def limits(self) -> LimitHistory:
        return limit_history(self._stamps)

    @cached_property
    def stretch(self) -> Period:
        return queries.stretch([moment.period for moment in self.moments])

    @cached_property
    def weekly_goals(self) -> DueGoals:
        return due_goals(self.scope, self.stretch)

    @cached_property
    def tasks(self) -> DueWork:
        return due_work(self.scope, self.stretch)

    @cached_property
    def listed(self) -> ListedWork:
        return listed_work(self.scope, self.stretch)

    @cached_property
    def durations(self) -> list[tuple[date, float]]:
        return past_durations(self.scope, self.stretch)

    @cached_property
    def promises(self) -> PastPromises:
        return past_promises(self.scope, self.stretch)

    @cached_property
    def tactics(self) -> queries.PastTactics:
        return queries.past_tactics(self.scope, self.stretch)

    @cached_property
    def experiments(self) -> list[TestRecord]:
        return records_of_scope(self.scope)

    @cached_property
    def training(self) -> queries.PastTraining:
        return queries.past_training(self.scope, subjects_of(self._stamps))

    @cached_property
    def margins(self) -> list[tuple[date, Decimal]]:
        return queries.past_margins()


class PastFacts(Facts):
    """The facts of one moment, taken from what was read for all of them."""

    def __init__(self, past: Past, moment: Moment) -> None:
        super().__init__(past.scope, moment.period, moment.as_of)
        self.past = past

    def rows_in(self, query: Callable[[Scope, Period], list[D]]) -> list[D]:
        return self.past.rows(query, self.past.stretch)

    def rows_by(self, query: Callable[[Scope, date], list[R]]) -> list[R]:
        return self.past.rows(query, self.past.days[-1])

    @cached_property
    def roster(self) -> Roster:
        return self.past.roster

    @cached_property
    def book(self) -> Book:
        return self.past.book(self.as_of)

    @cached_property
    def records_from(self) -> date | None:
        return self.past.records_from

    @cached_property
    def margin(self) -> Decimal | None:
        known = (share for starts_on, share in self.past.margins if starts_on <= self.as_of)
        return next(known, None)

    @cached_property
    def limits(self) -> Limits:
        return self.past.limits.on(self.as_of)

    @cached_property
    def touches(self) -> Mapping[Hashable, date | None]:
        return self.past.touches[self.as_of]

    @cached_property
    def goals(self) -> Mapping[int, ClientPace]:
        return self.past.goals[self.as_of]

    @cached_property
    def weekly_goals(self) -> WeeklyGoals:
        return self.past.weekly_goals.within(self.period)

    @cached_property
    def due_tasks(self) -> DueTasks:
        return self.past.tasks.within(self.period)

    @cached_property
    def listed_tasks(self) -> Ratio:
        return self.past.listed.within(self.period)

    @cached_property
    def durations(self) -> list[float]:
        return [days for day, days in self.past.durations if day in self.period]

    @cached_property
    def promises(self) -> PromiseRecord:
        return self.past.promises.within(self.period)

    @cached_property
    def tactics(self) -> TacticRecord:
        return self.past.tactics.within(self.period)

    @cached_property
    def experiments(self) -> list[TestRecord]:
        return self.past.experiments

    @cached_property
    def due_modules(self) -> list[Standing]:
        return self.past.training.due_on(self.as_of)


def subjects_of(stamps: Stamps) -> list[Subject]:
    """What is taught, and of whom it is required."""
    return _subjects(stamps.of(TrainingModule, ModuleVersion, Requirement))


@remembered(2)
def _subjects(stamp: Stamp) -> list[Subject]:
    return read_subjects(TrainingModule.objects.all())


def ledger_of(stamps: Stamps) -> Ledger:
    """The dated facts about every client, read again only when one of them changed."""
    return read_ledger_once(stamps.of(*BOOK))


@remembered(2)
def read_ledger_once(stamp: Stamp) -> Ledger:
    return read_ledger(AGENCY)
