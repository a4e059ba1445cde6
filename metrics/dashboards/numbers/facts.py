"""What the metrics of one scope, period and day are counted from. Each fact is read once."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Protocol, TypeVar

from django.conf import settings

from godview.periods import Period, closed_months
from metrics.dashboards.lives import Life, grouped, lives, worst_month
from metrics.formulas.book import Book, Revenue
from metrics.formulas.contact import Silence, days_since_contact, silence
from metrics.formulas.lifetime import CLOSED_MONTHS, Lifetime, lifetime
from metrics.formulas.movements import Movements, Standing, movements
from metrics.formulas.mrr import variable_monthly
from metrics.formulas.on_time import DueTasks
from metrics.formulas.promises import PromiseRecord
from metrics.formulas.ratio import Ratio
from metrics.formulas.retention import Headcount, Tenure, churn_between, headcount
from metrics.formulas.survival import Curve, CurveMonth, survival_curve
from metrics.formulas.tactics import TacticRecord
from metrics.formulas.training import RequiredModule
from metrics.formulas.weekly_goals import WeeklyGoals
from metrics.queries.beginnings import records_begin
from metrics.queries.books import gross_margin, read_book
from metrics.queries.contacts import last_touches
from metrics.queries.deadlines import due_work, listed_work
from metrics.queries.durations import durations
from metrics.queries.experiments import TestRecord, records_of_scope
from metrics.queries.limits import Limits, read_limits
from metrics.queries.pace import ClientPace, client_paces
from metrics.queries.promises import promise_record
from metrics.queries.scopes import Roster, Scope, read_roster
from metrics.queries.tactics import tactic_record
from metrics.queries.training import due_modules
from metrics.queries.weekly_goals import due_goals
from training.standing import Standing as TrainingStanding


class Dated(Protocol):
    """A row of a client, or of all of them, and its day."""

    @property
    def client(self) -> int | None: ...

    @property
    def day(self) -> date: ...


D = TypeVar("D", bound=Dated)
R = TypeVar("R")


class Facts:
    """`period` for what happened, `as_of` for how things stand."""

    def __init__(self, scope: Scope, period: Period, as_of: date) -> None:
        self.scope, self.period, self.as_of = scope, period, as_of
        self._read: dict[Any, list[Any]] = {}

    # -- Rows as they are dated ----------------------------------------------------------------

    def happened(self, query: Callable[[Scope, Period], list[D]]) -> list[D]:
        """Rows dated after the period's start, up to and on its end, of clients then in scope."""
        return [
            row
            for row in self.rows_in(query)
            if self.period.start < row.day <= self.period.end and self._is_ours(row)
        ]

    def known(self, query: Callable[[Scope, date], list[D]]) -> list[D]:
        """Rows dated up to and on the day, of clients in scope when they were dated."""
        return [r for r in self.rows_by(query) if r.day <= self.as_of and self._is_ours(r)]

    def rows_in(self, query: Callable[[Scope, Period], list[D]]) -> list[D]:
        if query not in self._read:
            self._read[query] = query(self.scope, self.period)
        return self._read[query]

    def rows_by(self, query: Callable[[Scope, date], list[R]]) -> list[R]:
        if query not in self._read:
            self._read[query] = query(self.scope, self.as_of)
        return self._read[query]

    def _is_ours(self, row: Dated) -> bool:
        return row.client is None or self.roster.has(row.client, row.day)

    # -- Clients -------------------------------------------------------------------------------

    @cached_property
    def roster(self) -> Roster:
        return read_roster(self.scope)

    @cached_property
    def book(self) -> Book:
        return read_book(self.scope, self.as_of)

    @cached_property
    def active(self) -> list[Hashable]:
        """The clients of the scope who are served on `as_of`, those on hold among them."""
        return [
            client
            for client, tenure in self.book.tenures.items()
            if tenure.covers(self.as_of) and self.roster.has(client, self.as_of)
        ]

    @cached_property
    def paused(self) -> set[Hashable]:
        return {client for client in self.active if self.book.is_paused(client, self.as_of)}

    @cached_property
    def working(self) -> set[Hashable]:
        """The clients we work for on `as_of`: served and not on hold."""
        return set(self.active) - self.paused

    @cached_property
    def headcount(self) -> Headcount:
        return headcount(self.belonging(self.period), self.period)

    def belonging(self, period: Period) -> Iterable[Tenure]:
        """Clients belong to who served them at the start; those who came later, at the end."""
        tenures = self.book.tenures
        if self.scope.is_agency:
            return tenures.values()
        return (
            tenure
            for client, tenure in tenures.items()
            if self.roster.has(client, period.start if tenure.covers(period.start) else period.end)
        )

    @cached_property
    def lifetime(self) -> Lifetime:
        months = closed_months(self.as_of, CLOSED_MONTHS)
        return lifetime([churn_between(self.belonging(month), month) for month in months])

    @cached_property
    def records_from(self) -> date | None:
        """From when on departures are written down."""
        return settings.RECORDS_BEGIN or records_begin()

    @cached_property
    def lives(self) -> list[Life]:
        """Every stretch of a client that was in the scope when it began."""
        found = lives(self.book, self.as_of, self.records_from)
        return [life for life in found if self.roster.has(life.client, life.start)]

    @cached_property
    def curve(self) -> Curve:
        return survival_curve(grouped(self.lives).elements())

    @property
    def worst_month(self) -> CurveMonth | None:
        """The month of the relationship in which the largest share of all clients leaves."""
        return worst_month(self.curve)

    # -- Money ---------------------------------------------------------------------------------

    @property
    def currency(self) -> str:
        return str(settings.REPORTING_CURRENCY)

    @cached_property
    def has_fees(self) -> bool:
        """Whether a fee had begun by the day, of a client that had been in the scope by then."""
        return any(
            fee.start <= self.as_of
            for client, fees in self.book.fees.items()
            if self.roster.had(client, self.as_of)
            for fee in fees
        )

    @cached_property
    def mrr(self) -> Revenue:
        return self.book.mrr(self.active, self.as_of)

    @cached_property
    def paused_mrr(self) -> Revenue:
        return self.book.paused_mrr(self.active, self.as_of)

    @cached_property
    def variable_revenue(self) -> Decimal:
        fees = (fee for client in self.active for fee in self.book.fees.get(client, ()))
        return variable_monthly(fees, closed_months(self.as_of, 3), self.book.rates)

    @cached_property
    def margin(self) -> Decimal | None:
        return gross_margin(self.as_of)

    @cached_property
    def movements(self) -> Movements:
        return movements(self.standings.values())

    @cached_property
    def standings(self) -> dict[Hashable, Standing]:
        """How the fees of each client moved that belongs to the scope at an end of the period."""
        found = ((client, self.standing_of(client)) for client in self.book.fees)
        return {client: standing for client, standing in found if standing is not None}

    def standing_of(self, client: Hashable) -> Standing | None:
        """How a client's fees moved, if it belongs to the scope at an end of the period."""
        start, end = self.period.start, self.period.end
        at_start, at_end = self.roster.has(client, start), self.roster.has(client, end)
        served_at_start = self.book.is_served(client, start)
        if not at_end and not (at_start and served_at_start):
            return None
        return self.book.standing(
            client,
            self.period,
            # A service is bought and dropped; only clients are handed over.
            came_from_elsewhere=served_at_start and not at_start and not self.scope.is_segment,
            went_elsewhere=not at_end,
        )

    # -- Contact, goals, work, training --------------------------------------------------------

    @cached_property
    def limits(self) -> Limits:
        """Where the rules alarm on the day, as the agency set it."""
        return read_limits().on(self.as_of)

    @cached_property
    def touches(self) -> Mapping[Hashable, date | None]:
        """When each client last heard from us; None for never."""
        return last_touches(self.scope, self.as_of)

    @cached_property
    def days_since_contact(self) -> dict[Hashable, int]:
        """Days for each client we work for; those on hold are left alone."""
        touches = self.touches
        waits: dict[Hashable, int] = {}
        for client in self.working:
            since = self.book.tenures[client].start_of_spell(self.as_of)
            if since is not None:
                waits[client] = days_since_contact(touches.get(client), since, self.as_of)
        return waits

    @cached_property
    def silence(self) -> Silence:
        return silence(list(self.days_since_contact.values()), int(self.limits["contact"]))

    @cached_property
    def goals(self) -> Mapping[int, ClientPace]:
        """The 90-day goal that stands for each client with one, and its pace."""
        return client_paces(self.scope, self.as_of, self.limits["pace"])

    @cached_property
    def paces(self) -> list[ClientPace]:
        return [mine for client, mine in self.goals.items() if client in self.working]

    @cached_property
    def weekly_goals(self) -> WeeklyGoals:
        return due_goals(self.scope, self.period).within(self.period)

    @cached_property
    def promises(self) -> PromiseRecord:
        return promise_record(self.scope, self.period)

    @cached_property
    def due_tasks(self) -> DueTasks:
        return due_work(self.scope, self.period).within(self.period)

    @cached_property
    def listed_tasks(self) -> Ratio:
        """As Asana's own list has it: done by the date it has now, of those it still has."""
        return listed_work(self.scope, self.period).within(self.period)

    @cached_property
    def durations(self) -> list[float]:
        return durations(self.scope, self.period)

    @cached_property
    def tactics(self) -> TacticRecord:
        return tactic_record(self.scope, self.period)

    @cached_property
    def experiments(self) -> list[TestRecord]:
        return records_of_scope(self.scope)

    def has_test(self, record: TestRecord, day: date) -> bool:
        """Whether a test is the scope's on a day: by its client, or by who designed it."""
        if self.scope.is_person and record.designer == self.scope.id:
            return True
        return self.scope.kind != "designer" and self.roster.has(record.client, day)

    @cached_property
    def due_modules(self) -> list[TrainingStanding]:
        """Every module that somebody in the scope had to have passed by the day."""
        return due_modules(self.scope, self.as_of)

    @cached_property
    def required_modules(self) -> list[RequiredModule]:
        return [RequiredModule(found.is_passed, found.score) for found in self.due_modules]
