"""Today of a department, a pod, a manager: the same page, of a part of the agency."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import OperationalError, connection
from django.utils import translation

from metrics.dashboards.onward import Onward
from metrics.dashboards.today import tiles, today
from metrics.queries.scopes import AGENCY, Scope, find_scope
from tests.factories.cast import make_cast
from tests.factories.clients import (
    ClientGoalFactory,
    FeeFactory,
    GoalReadingFactory,
    TouchpointFactory,
)
from tests.factories.tasks import WeeklyGoalFactory
from tests.factories.voices import TrafficLightFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)
DAY = date(2026, 11, 19)
LAST_MONDAY = date(2026, 11, 9)


@pytest.fixture
def cast():
    cast = make_cast()
    for client, share, days in ((cast.client_a, 0.5, 2), (cast.client_b, 0.1, 12)):
        goal = ClientGoalFactory(client=client, starts_on=DAY - timedelta(days=45))
        value = 100 + Decimal(str(share)) * 100
        GoalReadingFactory(goal=goal, read_on=DAY, value=value)
        TouchpointFactory(client=client, happened_at=NOW - timedelta(days=days))
        FeeFactory(client=client, amount=1000)
    return cast


def page(user, scope=AGENCY, colour="pace", text=""):
    return today(user, NOW, colour, Onward(scope=text), scope)


def of_pod(cast, pod):
    return page(cast.person("leader"), Scope("pod", pod.pk, pod.name), text=f"pod:{pod.slug}")


def values(shown):
    return [tile.value for tile in shown.tiles]


def test_the_tiles_are_those_of_the_pod(cast):
    good, bad = of_pod(cast, cast.pod_a), of_pod(cast, cast.pod_b)
    assert (values(good)[0], values(bad)[0]) == ("100", "0")
    assert (values(good)[2], values(bad)[2]) == ("2.0", "12.0")
    assert (values(good)[5], values(bad)[5]) == ("€0", "€1,000")


def test_the_pods_together_are_the_agency(cast):
    whole = page(cast.person("leader"))
    parts = [of_pod(cast, pod) for pod in (cast.pod_a, cast.pod_b)]
    assert whole.open_cases == sum(part.open_cases for part in parts)
    assert whole.clients == sum(part.clients for part in parts)
    assert [row.name for row in whole.managers] == sorted(
        row.name for part in parts for row in part.managers
    )


def test_the_headline_says_of_which_part(cast):
    WeeklyGoalFactory(client=cast.client_a, week_starts_on=LAST_MONDAY + timedelta(days=7))
    assert of_pod(cast, cast.pod_a).headline.startswith("Amber: No client needs a decision")


def test_a_manager_has_only_their_own_clients_and_goals(cast):
    WeeklyGoalFactory(client=cast.client_a, status="met", week_starts_on=LAST_MONDAY,
                      manager=cast.manager.staff)  # fmt: skip
    WeeklyGoalFactory(client=cast.client_b, status="missed", week_starts_on=LAST_MONDAY,
                      manager=cast.manager_b.staff)  # fmt: skip
    scope = find_scope(f"manager:{cast.manager.staff.slug}")
    shown = page(cast.person("leader"), scope, text=f"manager:{cast.manager.staff.slug}")
    assert [pod.name for pod in shown.pods] == ["Amber"]
    assert values(shown)[1] == "100"


def test_a_department_is_made_of_its_pods(cast):
    scope = Scope("department", cast.department_a.pk, cast.department_a.name)
    shown = page(cast.person("leader"), scope, text=f"department:{cast.department_a.slug}")
    assert {row.name for row in shown.departments} == {pod.name for pod in shown.pods}
    assert shown.departments[0].url == f"/?scope=pod:{cast.pod_a.slug}"


def test_every_name_leads_one_altitude_down_and_the_last_one_to_its_page(cast):
    whole = page(cast.person("leader"))
    assert whole.pods[0].url == f"/?scope=pod:{cast.pod_a.slug}"
    assert of_pod(cast, cast.pod_a).pods[0].url == f"/pods/{cast.pod_a.slug}/"


def test_who_sees_only_a_part_is_led_to_pages_that_are_open_to_them(cast):
    shown = page(cast.person("manager"))
    assert shown.pods[0].url == f"/pods/{cast.pod_a.slug}/"


def test_the_numbers_of_a_part_lead_to_the_rows_of_that_part(cast):
    shown = of_pod(cast, cast.pod_a)
    assert all(f"pod:{cast.pod_a.slug}" in tile.url for tile in shown.tiles[:5])
    assert shown.tiles[5].url == f"/clients/?pod={cast.pod_a.slug}&pace=off"
    assert all(f"pod={cast.pod_a.slug}" in entry.url for entry in shown.legend)


def test_the_map_recolours_by_light_and_an_unmarked_week_is_not_set(cast):
    TrafficLightFactory(
        client=cast.client_a, week_starts_on=LAST_MONDAY, color="red", marked_at=NOW
    )
    shown = page(cast.person("leader"), colour="light")
    assert {entry.words: entry.count for entry in shown.legend} == {
        "Red: we slipped": 1,
        "Yellow: nothing happened": 0,
        "Green: moved forward": 0,
        "Not set": 1,
    }
    assert "mark-bad" in shown.pods[0].marks


def refuse(words):
    """The database refuses every question that has these words in it."""

    def ask(execute, sql, params, many, context):
        if all(word in sql for word in words):
            raise OperationalError("the disk is on fire")
        return execute(sql, params, many, context)

    return connection.execute_wrapper(ask)


def test_a_panel_whose_query_fails_says_so_and_the_rest_stands(cast, caplog):
    leader = cast.person("leader")
    WeeklyGoalFactory(client=cast.client_a, week_starts_on=LAST_MONDAY)
    with refuse(("tasks_weeklygoal", "manager", "GROUP BY")):
        shown = page(leader)
    assert shown.failed == {"managers", "tile goals"}
    assert shown.managers == []
    assert shown.tiles[1].note == "Retry"
    assert (shown.tiles[0].value, len(shown.pods)) == ("50", 2)
    assert all(record.exc_info for record in caplog.records if record.levelname == "ERROR")
    assert "tile goals" not in page(leader).failed, "what failed is not kept"


def test_when_the_clients_cannot_be_read_what_needs_them_says_so(cast):
    with refuse(("clients_touchpoint", "clients_assignment", "industry")):
        shown = page(cast.person("leader"))
    assert {"clients", "cases", "map", "managers"} <= shown.failed
    assert shown.headline == "Today"
    assert shown.tiles[4].unknown is False, "who was kept is not asked of them"


def test_words_are_kept_for_each_language_apart(cast, monkeypatch):
    monkeypatch.setitem(tiles.TILES, "goals", lambda part, onward: in_language())
    leader, labels = cast.person("leader"), []
    for language in ("ru", "en", "ru"):
        with translation.override(language):
            labels.append(page(leader).tiles[1].label)
    assert labels == ["ru", "en", "ru"]


def in_language():
    return tiles.Tile(translation.get_language() or "", "1", "", "", "/")
