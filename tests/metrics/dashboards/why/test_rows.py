"""The rows behind a number recount to it: what is in the part, what only in the whole."""

from datetime import date
from decimal import Decimal

import pytest

from clients.models import ExchangeRate
from godview.periods import Period, trailing
from metrics.catalogue import CATALOGUE
from metrics.dashboards.numbers import NUMBERS, Facts
from metrics.dashboards.onward import Onward
from metrics.dashboards.why.page import ROWS
from metrics.dashboards.why.reader import Reader
from metrics.dashboards.why.rows import Rows
from metrics.formulas.measure import Measure
from metrics.formulas.spread import percentile
from metrics.queries.scopes import AGENCY
from tests.factories.clients import UserFactory
from tests.metrics.lively import DAY, Lively

pytestmark = pytest.mark.django_db
QUARTER = trailing("quarter", DAY)
PERIODS = {
    "a quarter": QUARTER,
    "a year": trailing("year", DAY),
    "a week": Period(date(2026, 11, 9), date(2026, 11, 16)),
}
SPREADS = {"days_since_contact_median": 0.5, "task_duration_median": 0.5, "task_duration_p90": 0.9}


@pytest.fixture
def boss():
    return UserFactory(is_superuser=True)


def rows_of(key, facts, user) -> Rows:
    return ROWS[key](facts, Reader(user, facts.as_of, Onward()))


def mismatches(key: str, measure: Measure, rows: Rows) -> list[str]:
    """What the rows add up to, where it is not what the number says."""
    counts, found = rows.counts, []
    if measure.part is not None and counts.part != measure.part:
        found.append(f"part {measure.part}, in the rows {counts.part}")
    if measure.whole is not None and counts.whole != measure.whole:
        found.append(f"whole {measure.whole}, in the rows {counts.whole}")
    if measure.value is None:
        return found
    value = float(measure.value)
    amounts = [float(row.amount) for row in rows.rows if row.amount is not None]
    if rows.sums and value != pytest.approx(sum(amounts)):
        found.append(f"value {value}, in the rows {sum(amounts)}")
    if key in SPREADS and value != pytest.approx(percentile(amounts, SPREADS[key])):
        found.append(f"value {value}, in the rows {percentile(amounts, SPREADS[key])}")
    if key == "days_since_contact_max" and value != max(amounts):
        found.append(f"value {value}, in the rows {max(amounts)}")
    return found


def test_every_number_of_the_catalogue_has_its_rows():
    assert set(ROWS) == set(CATALOGUE)


@pytest.mark.parametrize("kind", ["agency", "department", "pod", "manager", "client", "nobody"])
def test_the_rows_of_every_number_recount_to_it(boss, one_lively: Lively, kind):
    scope = one_lively.scopes()[kind]
    wrong = {}
    for name, period in PERIODS.items():
        facts = Facts(scope, period, DAY)
        for key, number in NUMBERS.items():
            measure, rows = number(facts), rows_of(key, facts, boss)
            found = mismatches(key, measure, rows)
            if rows.hidden:
                found.append(f"{rows.hidden} rows hidden from one who sees everything")
            if found:
                wrong[key, name] = found
    assert wrong == {}


@pytest.mark.usefixtures("one_lively")
def test_a_number_without_counts_is_a_sum_or_a_middle_of_its_rows(boss):
    """Nothing is left that the recount above would let pass without looking."""
    facts = Facts(AGENCY, QUARTER, DAY)
    unchecked = [
        key
        for key, number in NUMBERS.items()
        if number(facts).whole is None
        and number(facts).value is not None
        and not rows_of(key, facts, boss).sums
    ]
    assert unchecked == []


@pytest.mark.usefixtures("one_lively")
def test_every_row_fills_every_column(boss):
    facts = Facts(AGENCY, trailing("year", DAY), DAY)
    for key in ROWS:
        rows = rows_of(key, facts, boss)
        for row in rows.rows:
            assert len(row.cells) == len(rows.columns), key


@pytest.mark.usefixtures("one_lively")
def test_who_left_stands_before_who_stayed(boss):
    rows = rows_of("client_retention_rate", Facts(AGENCY, QUARTER, DAY), boss)
    sides = [row.side for row in rows.rows]
    assert sides == sorted(sides, reverse=True)
    assert {"part", "rest"} == set(sides)


def test_it_says_what_happened_to_each_client(boss, one_lively: Lively):
    rows = rows_of("logo_churn_rate_stripe", Facts(AGENCY, QUARTER, DAY), boss)
    told = {row.cells[0].text: row.cells[4] for row in rows.rows}
    assert told["Client 4"] == "left 5 Oct"
    assert told["Client 7"] == "left 1 Nov, came back 10 Nov"
    assert told["Client 6"] == "won 25 Aug, left 25 Oct"
    assert told[one_lively.clients[0].name] == "served throughout"


@pytest.mark.usefixtures("one_lively")
def test_a_client_in_a_currency_without_a_rate_is_named(boss):
    ExchangeRate.objects.all().delete()
    facts = Facts(AGENCY, QUARTER, DAY)
    assert NUMBERS["nrr"](facts).reason.startswith("no exchange rate for USD")
    told = [row.cells for row in rows_of("nrr", facts, boss).rows]
    assert {cells[0].text for cells in told if cells[3] == "no exchange rate"} == {
        "Client 2",
        "Client 5",
    }
    fees = rows_of("mrr", facts, boss).rows
    assert sum(row.cells[-1] is None for row in fees) == 2


@pytest.mark.usefixtures("one_lively")
def test_a_goal_nobody_closed_and_one_added_later_are_told_apart(boss):
    facts = Facts(AGENCY, QUARTER, DAY)
    promised = {row.cells[-1] for row in rows_of("weekly_goal_hit_rate", facts, boss).rows}
    assert promised == {"Hit", "Missed", "Missed, never closed", "Postponed", "Withdrawn"}
    naive = {row.cells[-1] for row in rows_of("weekly_goal_hit_rate_naive", facts, boss).rows}
    assert "Hit, added after the lock" in naive
    assert "Withdrawn" not in naive


@pytest.mark.usefixtures("one_lively")
def test_money_adds_up_to_the_cent(boss):
    facts = Facts(AGENCY, QUARTER, DAY)
    for key in ("mrr", "paused_mrr", "variable_revenue", "mrr_fx", "mrr_at_end"):
        amount = rows_of(key, facts, boss).amount
        assert isinstance(amount, Decimal)
        assert amount == NUMBERS[key](facts).value, key
