"""A pivot of a 90-day goal: decided with its pace then, judged later, both in sight."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from clients.models import Pivot
from tests.factories.cast import make_cast
from tests.factories.clients import ClientGoalFactory, GoalReadingFactory
from tests.metrics.views.browsing import browser_of, links, opened, words

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(THURSDAY, tick=False):
        yield


@pytest.fixture
def cast():
    return make_cast()


def goal_of(client, **more):
    """Half as far as it should be: 20 of 40 expected, on day 36 of 90."""
    told = {"client": client, "name": "Leads", "baseline": 100, "target": 200}
    goal = ClientGoalFactory(**told, starts_on=date(2026, 10, 14), **more)
    GoalReadingFactory(goal=goal, read_on=date(2026, 11, 19), value=120)
    return goal


def pivot_of(goal, staff, **more):
    told = {"decided_on": date(2026, 11, 1), "text": "Stop the broad ads", **more}
    return Pivot.objects.create(goal=goal, decided_by=staff, **told)


def test_a_pivot_is_decided_with_the_pace_then(cast):
    goal = goal_of(cast.client_a)
    url = f"/clients/acme/goals/{goal.pk}/pivot/"
    assert url in links(opened(cast.manager, "/clients/acme/"))
    page = words(opened(cast.manager, url))
    assert "Leads: off pace, 20% ÷ 40% expected = 0.50." in page
    browser = browser_of(cast.manager)
    assert browser.post(url, {"text": "Stop the broad ads"}).url == "/clients/acme/"
    pivot = Pivot.objects.get()
    assert (pivot.pace_then, pivot.decided_by) == (Decimal("0.5000"), cast.manager.staff)
    text = words(opened(cast.manager, "/clients/acme/"))
    assert "Not known yet" in text
    assert "Leads, pace then 0.50" in text


def test_whether_it_helped_is_said_once_and_stays_in_sight(cast):
    pivot = pivot_of(goal_of(cast.client_a), cast.manager.staff)
    url = f"/clients/acme/pivots/{pivot.pk}/"
    assert url in links(opened(cast.manager, "/clients/acme/"))
    browser = browser_of(cast.manager)
    browser.post(url, {"result": "helped", "note": "Leads are back"})
    text = words(opened(cast.manager, "/clients/acme/"))
    assert "It helped" in text
    assert "Leads are back" in text
    again = browser.post(url, {"result": "worse"}).content.decode()
    assert "that is final" in again


def test_mistakes_are_explained_and_nothing_typed_is_lost(cast):
    over = ClientGoalFactory(client=cast.client_a, starts_on=THURSDAY.date() - timedelta(days=95))
    url = f"/clients/acme/goals/{over.pk}/pivot/"
    page = browser_of(cast.manager).post(url, {"text": "Stop the ads"}).content.decode()
    assert "agree on a new one" in page
    assert "Stop the ads" in page
    pivot = pivot_of(goal_of(cast.client_a), cast.manager.staff)
    url = f"/clients/acme/pivots/{pivot.pk}/"
    page = browser_of(cast.manager).post(url, {"note": "We learnt"}).content.decode()
    assert "This field is required." in page
    assert "We learnt" in page


def test_foreign_pivots_are_absent_and_designers_only_read(cast):
    goal = goal_of(cast.client_b)
    pivot = pivot_of(goal, cast.manager_b.staff)
    for url in (
        f"/clients/boreal/goals/{goal.pk}/pivot/",
        f"/clients/acme/goals/{goal.pk}/pivot/",
        f"/clients/boreal/pivots/{pivot.pk}/",
        f"/clients/acme/pivots/{pivot.pk}/",
    ):
        assert browser_of(cast.manager).get(url).status_code == 404
    own = goal_of(cast.client_a)
    url = f"/clients/acme/goals/{own.pk}/pivot/"
    assert browser_of(cast.designer).get(url).status_code == 403
    assert url not in links(opened(cast.designer, "/clients/acme/"))
