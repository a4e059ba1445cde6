"""Today's numbers from dated facts, on a Thursday of week 47."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from clients.models import Touchpoint
from metrics.dashboards.onward import Onward
from metrics.dashboards.today import today
from tests.factories.cast import make_cast
from tests.factories.clients import (
    AssignmentFactory,
    ClientFactory,
    ClientGoalFactory,
    EngagementFactory,
    FeeFactory,
    GoalReadingFactory,
    PauseFactory,
    TouchpointFactory,
    UserFactory,
)
from tests.factories.tasks import WeeklyGoalFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)
DAY = date(2026, 11, 19)
LAST_MONDAY = date(2026, 11, 9)


@pytest.fixture
def cast():
    return make_cast()


def page(user, colour="pace", now=NOW):
    return today(user, now, colour, Onward())


def tile(user, label):
    return next(tile for tile in page(user).tiles if tile.label.startswith(label))


def goal_at(client, share, days_gone=45):
    """A goal that has come `share` of its whole way, by default halfway through its 90 days."""
    goal = ClientGoalFactory(client=client, starts_on=DAY - timedelta(days=days_gone))
    GoalReadingFactory(goal=goal, read_on=DAY, value=100 + Decimal(str(share)) * 100)
    return goal


def served(cast, name, pod=None, **more):
    client = ClientFactory(name=name, slug=name.lower())
    EngagementFactory(client=client, **more)
    manager = cast.manager_b.staff if pod == cast.pod_b else cast.manager.staff
    AssignmentFactory(client=client, pod=pod or cast.pod_a, account_manager=manager)
    return client


def test_on_pace_counts_only_clients_that_can_be_judged(cast):
    goal_at(cast.client_a, 0.5)
    goal_at(cast.client_b, 0.3)
    goal_at(served(cast, "New"), 0.0, days_gone=5)
    shown = tile(cast.person("leader"), "Clients on pace")
    assert (shown.value, shown.unit) == ("50", "%")


def test_days_since_contact_show_the_average_and_the_count_over_the_limit(cast):
    TouchpointFactory(client=cast.client_a, happened_at=NOW - timedelta(days=12))
    TouchpointFactory(client=cast.client_b, happened_at=NOW - timedelta(days=2))
    shown = tile(cast.person("leader"), "Days since contact")
    assert shown.value == "7.0"
    assert "1 over 10 days" in shown.note


def test_a_client_on_hold_is_in_neither(cast):
    TouchpointFactory(client=cast.client_b, happened_at=NOW - timedelta(days=2))
    PauseFactory(client=cast.client_a, started_on=DAY - timedelta(days=20))
    shown = tile(cast.person("leader"), "Days since contact")
    assert shown.value == "2.0"
    assert "0 over" in shown.note


def test_weekly_goals_are_of_the_last_full_week_and_say_which(cast):
    for status, monday in (
        ("met", LAST_MONDAY),
        ("missed", LAST_MONDAY),
        ("open", LAST_MONDAY),  # never closed is missed
        ("met", LAST_MONDAY + timedelta(days=7)),  # this week is not over
    ):
        WeeklyGoalFactory(client=cast.client_a, status=status, week_starts_on=monday)
    shown = tile(cast.person("leader"), "Weekly goals hit, wk 46")
    assert shown.value == "33"


def test_a_change_says_whether_it_is_better(cast):
    TouchpointFactory(client=cast.client_a, happened_at=NOW - timedelta(days=9))
    TouchpointFactory(client=cast.client_b, happened_at=NOW - timedelta(days=9))
    assert "↑ 7.0, worse" in tile(cast.person("leader"), "Days since contact").note


def test_clients_kept_over_three_months_name_their_counts(cast):
    for n in range(8):
        served(cast, f"Stayed {n}".replace(" ", ""))
    served(cast, "Left", ended_on=DAY - timedelta(days=10))
    served(cast, "Won", started_on=DAY - timedelta(days=10))
    shown = tile(cast.person("leader"), "Clients kept")
    assert (shown.value, shown.note) == ("90.9", "10 of 11. 1 left, 1 joined")


def test_retainers_off_pace_are_summed_and_shared(cast):
    FeeFactory(client=cast.client_a, amount=6400)
    FeeFactory(client=cast.client_b, amount=1600)
    goal_at(cast.client_a, 0.1)
    shown = tile(cast.person("leader"), "Retainers off pace")
    assert shown.value == "€6,400"
    assert shown.note.startswith("80% of MRR")


def test_a_missing_exchange_rate_is_said_not_summed_as_nothing(cast):
    FeeFactory(client=cast.client_a, amount=6400, currency="USD")
    goal_at(cast.client_a, 0.1)
    shown = tile(cast.person("leader"), "Retainers off pace")
    assert (shown.unknown, shown.note) == (True, "An exchange rate is missing")


def test_without_anything_every_tile_says_what_is_missing():
    nobody = today(UserFactory(is_superuser=True), NOW, "pace", Onward())
    assert [tile.unknown for tile in nobody.tiles[:5]] == [True] * 5
    assert nobody.headline == "No client needs a decision today"
    assert nobody.pods == []


def test_the_headline_counts_the_decisions(cast):
    TouchpointFactory(client=cast.client_a, happened_at=NOW - timedelta(days=12))
    TouchpointFactory(client=cast.client_b, happened_at=NOW - timedelta(days=2))
    for client in (cast.client_a, cast.client_b):
        WeeklyGoalFactory(client=client, week_starts_on=LAST_MONDAY + timedelta(days=7))
    shown = page(cast.person("leader"))
    assert shown.headline == "1 client needs a decision today"
    [case] = shown.cases
    assert (case.name, case.why) == ("Acme", "<b>12 days without contact</b> (limit 10)")


def test_the_same_clients_are_counted_on_tile_map_and_list(cast):
    """Off pace here is off pace there."""
    goal_at(cast.client_a, 0.1)
    goal_at(cast.client_b, 0.1)
    fine = served(cast, "Fine")
    goal_at(fine, 0.5)
    TouchpointFactory(client=fine, happened_at=NOW)
    shown = page(cast.person("leader"))
    off = next(entry for entry in shown.legend if entry.state == "bad")
    assert off.count == sum(pod.marks.count('"mark mark-bad"') for pod in shown.pods) == 2
    assert sum(case.state == "bad" for case in shown.cases) == 2


def test_the_map_recolours_by_contact(cast):
    goal_at(cast.client_a, 0.5)
    TouchpointFactory(client=cast.client_a, happened_at=NOW - timedelta(days=12))
    assert "mark-good" in page(cast.person("leader"), "pace").pods[0].marks
    assert "mark-bad" in page(cast.person("leader"), "contact").pods[0].marks


def test_a_manager_sees_the_agencys_totals_and_only_their_own_clients(cast):
    goal_at(cast.client_a, 0.5)
    goal_at(cast.client_b, 0.1)
    shown = page(cast.person("manager"))
    assert shown.tiles[0].value == "50"
    assert [pod.name for pod in shown.pods] == ["Amber"]
    assert "Boreal" not in repr(shown)


def test_managers_are_listed_by_last_name_and_never_ranked(cast):
    for manager, status in ((cast.manager.staff, "missed"), (cast.manager_b.staff, "met")):
        for n in range(8):
            WeeklyGoalFactory(
                manager=manager, text=f"{manager} {n}", status=status, week_starts_on=LAST_MONDAY
            )
    shown = page(cast.person("leader")).managers
    assert [(row.name, row.rate) for row in shown] == [("Manager", "0%"), ("Other", "100%")]


def test_under_eight_cases_a_person_has_no_rate(cast):
    WeeklyGoalFactory(manager=cast.manager.staff, week_starts_on=LAST_MONDAY)
    assert [row.rate for row in page(cast.person("leader")).managers] == ["too few"]


def test_a_logged_contact_changes_every_number_at_once(cast):
    TouchpointFactory(client=cast.client_a, happened_at=NOW - timedelta(days=12))
    TouchpointFactory(client=cast.client_b, happened_at=NOW)
    before = page(cast.person("leader"), "contact")
    TouchpointFactory(client=cast.client_a, happened_at=NOW)
    after = page(cast.person("leader"), "contact")
    assert (before.tiles[2].value, after.tiles[2].value) == ("6.0", "0.0")
    assert "mark-bad" in before.pods[0].marks
    assert "mark-bad" not in after.pods[0].marks
    assert before.cases[0].name == "Acme"
    assert all("contact" not in case.why for case in after.cases)


def test_a_contact_that_is_taken_back_changes_them_again(cast):
    TouchpointFactory(client=cast.client_b, happened_at=NOW)
    TouchpointFactory(client=cast.client_a, happened_at=NOW)
    assert tile(cast.person("leader"), "Days since contact").value == "0.0"
    Touchpoint.objects.filter(client=cast.client_a).delete()
    assert tile(cast.person("leader"), "Days since contact").value != "0.0"


def test_any_past_day_can_be_looked_at(cast):
    TouchpointFactory(client=cast.client_a, happened_at=NOW - timedelta(days=12))
    TouchpointFactory(client=cast.client_b, happened_at=NOW - timedelta(days=12))
    past = page(cast.person("leader"), now=NOW - timedelta(days=10))
    assert past.tiles[2].value == "2.0"
