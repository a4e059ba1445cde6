"""The lines of every month add up, and so do its parts by pod and by manager."""

import random
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from clients.models import ProcessChange
from godview.periods import Period, month_of
from metrics.dashboards.money.churn import churn
from metrics.dashboards.money.months import LINES, TAKEN, months
from metrics.dashboards.money.parts import explained, sentence
from metrics.dashboards.numbers import NUMBERS, Facts
from metrics.dashboards.onward import Onward
from metrics.formulas.waterfall import waterfall_of_sums
from metrics.queries.beginnings import Team
from metrics.queries.scopes import AGENCY, find_scope
from metrics.queries.stamps import read_stamps
from tests.factories.clients import (
    AssignmentFactory,
    ExchangeRateFactory,
    FeeFactory,
    PauseFactory,
    PodFactory,
    StaffFactory,
)
from tests.metrics.histories import client

pytestmark = pytest.mark.django_db
DAY = date(2026, 7, 15)
FIRST = date(2025, 1, 1)


def history(seed: int) -> None:
    """Clients who come, leave, return, pause, change fees, pods and currencies at random."""
    dice = random.Random(seed)
    pods, people = PodFactory.create_batch(3), StaffFactory.create_batch(2)
    for day, rate in ((FIRST, "1.10"), (date(2025, 10, 20), "1.08"), (date(2026, 4, 7), "1.12")):
        ExchangeRateFactory(currency="USD", starts_on=day, rate=Decimal(rate))

    def some_day(first: date, last: date = DAY) -> date:
        return first + timedelta(days=dice.randint(1, max(1, (last - first).days)))

    for number in range(18):
        start = some_day(FIRST - timedelta(days=200))
        end = some_day(start) if dice.random() < 0.4 else None
        spells = [(start, end)]
        if end and dice.random() < 0.5:
            spells.append((end + timedelta(days=60), None))
        one = client(f"S{seed} C{number}", *spells)
        turn = some_day(start)
        money = {"currency": dice.choice(("EUR", "USD"))}
        FeeFactory(client=one, starts_on=start, ends_on=turn, amount=dice.randint(1, 9000), **money)
        FeeFactory(client=one, starts_on=turn, amount=dice.randint(1, 9000), **money)
        moved = some_day(start)
        for pod, begins, ends in ((0, start, moved), (1, moved, None)):
            AssignmentFactory(
                client=one, pod=pods[(number + pod) % 3], account_manager=dice.choice(people),
                started_on=begins, ended_on=ends,
            )  # fmt: skip
        if dice.random() < 0.4:
            on_hold = some_day(start)
            length = timedelta(days=dice.randint(10, 140))
            PauseFactory(client=one, started_on=on_hold, ended_on=on_hold + length)


@pytest.mark.parametrize("seed", range(3))
def test_the_lines_of_every_month_add_up_and_chain_on_a_random_history(seed):
    history(seed)
    found = months(read_stamps(), DAY, Onward())
    assert len(found) == 13
    for month in found:
        amounts = {cell.line: cell.amount for cell in month.cells}
        lines = [name for name in LINES if name not in ("start", "end")]
        signed = sum(-amounts[name] if name in TAKEN else amounts[name] for name in lines)
        assert amounts["start"] + signed == amounts["end"], month.name
    for before, after in pairwise(found):
        assert before.moved.end == after.moved.start


@pytest.mark.parametrize("seed", range(3))
def test_pods_and_managers_explain_the_whole_change_and_agree_with_their_own_bridge(seed):
    history(seed)
    for month in months(read_stamps(), DAY, Onward())[-6:]:
        whole = month.moved.end - month.moved.start
        by_pod, by_manager = explained(month, Onward())
        for told in (by_pod, by_manager):
            assert sum(part.change for part in told.parts) == pytest.approx(whole)
        for part in by_pod.parts:
            own = Facts(find_scope(f"pod:{part.name}"), month.period, DAY).movements
            assert own.end - own.start - own.transferred == pytest.approx(part.change)


def test_the_part_that_explains_most_is_named_with_its_amounts():
    cobalt, ember = Team("Cobalt", "cobalt"), Team("Ember", "ember")

    def told(*after: int) -> str:
        whole = waterfall_of_sums(
            {cobalt: 10_000, ember: 10_000}, dict(zip((cobalt, ember), after, strict=True))
        )
        return sentence(whole, "Pod")

    assert told(6000, 9000) == "Pod Cobalt explains most of the drop: −€4,000 of −€5,000, 80%."
    assert "more than the whole drop: −€4,000 of −€3,000" in told(6000, 11000)
    assert "Nobody explains most of the rise" in told(12000, 12000)
    assert told(10_000, 10_000) == "MRR did not change."


def test_a_month_without_an_exchange_rate_says_which_one_is_missing():
    FeeFactory(client=client("Pays in dollars"), currency="USD")
    month = months(read_stamps(), DAY, Onward())[-1]
    assert month.moved is None
    assert "no exchange rate for USD" in month.reason
    assert explained(month, Onward()) == []


def test_clients_lost_before_and_after_a_change_of_process_are_pooled_by_whole_months():
    changed = date(2026, 1, 8)
    ProcessChange.objects.create(happened_on=changed, title="Weekly goals")
    for number in range(60):
        end = date(2025, 8 + number % 4, 10) if number < 20 else None
        client(f"C {number}", (date(2024, 1, 1), end))
    one = churn(Facts(AGENCY, month_of(DAY), DAY), Onward()).changes[0]
    assert (one.before.part, one.after.part) == (20, 0)
    assert one.after.whole == 5 * 40  # February to June
    assert one.told == "fewer leave since"
    early = churn(Facts(AGENCY, month_of(DAY), date(2026, 3, 2)), Onward()).changes[0]
    assert early.told == "too early to tell"


def test_20000_of_100000_is_20_percent_with_one_client():
    client("Large", fee=20_000)
    for number in range(4):
        client(f"Other {number}", fee=20_000)
    facts = Facts(AGENCY, Period(date(2026, 6, 1), DAY), DAY)
    measure = NUMBERS["largest_client_share"](facts)
    assert (measure.value, measure.part, measure.whole) == (0.2, 20_000, 100_000)
