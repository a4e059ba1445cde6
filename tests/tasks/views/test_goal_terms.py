"""What was agreed for 90 days: read by all who reach the client, changed by a leader alone."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
import time_machine

from tasks.models import Promise, PromiseEvent
from tests.factories.cast import make_cast
from tests.factories.clients import ClientGoalFactory
from tests.metrics.views.browsing import browser_of, opened, words

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)
SAID = {
    "baseline": "100",
    "target": "150",
    "last_day": "2026-12-29",
    "reason": "Their budget was cut.",
}


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(THURSDAY, tick=False):
        yield


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def goal(cast):
    return ClientGoalFactory(client=cast.client_a, name="Leads", target=Decimal(200))


def page_of(goal):
    return f"/deadlines/{Promise.objects.get(client_goal=goal).pk}/"


def sent(user, goal, **more):
    return browser_of(user).post(f"{page_of(goal)}change/", {**SAID, **more})


def test_a_leader_changes_it_and_the_change_stays_on_the_clients_page(cast, goal):
    assert "Change what was agreed" in words(opened(cast.leader, page_of(goal)))
    assert sent(cast.leader, goal).status_code == 302
    goal.refresh_from_db()
    assert goal.target == Decimal(150)
    told = words(opened(cast.manager, "/clients/acme/"))
    assert "changed 100 → 200 leads / mo by 29 Dec 2026 to 100 → 150 leads / mo by 29 Dec" in told
    assert "“Their budget was cut.”" in told
    assert "Their budget was cut." in words(opened(cast.manager, page_of(goal)))


@pytest.mark.parametrize("who", ["manager", "designer", "director"])
def test_others_read_it_and_may_not(cast, goal, who):
    user = getattr(cast, who)
    assert "What was agreed" in words(opened(user, "/clients/acme/"))
    assert "Change what was agreed" not in words(opened(user, page_of(goal)))
    assert sent(user, goal).status_code == 403
    assert not PromiseEvent.objects.exists()


def test_the_form_begins_with_what_is_agreed_now(cast, goal):
    page = opened(cast.leader, page_of(goal)).content.decode()
    assert f'name="last_day" value="{goal.last_day.isoformat()}"' in page


def test_without_a_reason_nothing_changes_and_nothing_typed_is_lost(cast, goal):
    answer = sent(cast.leader, goal, reason="")
    assert answer.status_code == 200
    assert 'value="150"' in answer.content.decode()
    goal.refresh_from_db()
    assert goal.target == Decimal(200)


def test_what_makes_no_sense_is_said_beside_the_field(cast, goal):
    answer = sent(cast.leader, goal, last_day="2026-11-01")
    assert "That day is over" in words(answer)


def test_over_the_api_too(cast, goal):
    promise = Promise.objects.get(client_goal=goal)
    url = f"/api/v1/promises/{promise.pk}/change/"
    said = {"target": "150", "reason": "Their budget was cut."}
    refused = browser_of(cast.manager).post(url, said, content_type="application/json")
    assert refused.status_code == 403
    done = browser_of(cast.leader).post(url, said, content_type="application/json")
    assert done.status_code == 200, done.content
    goal.refresh_from_db()
    assert goal.target == Decimal(150)
    past = browser_of(cast.leader).patch(
        f"/api/v1/client-goals/{goal.pk}/", {"target": "120"}, content_type="application/json"
    )
    assert past.status_code == 400
    assert "stays so" in past.content.decode()


def test_the_admin_shows_what_was_agreed_and_takes_no_change(cast, goal):
    browser = browser_of(cast.admin)
    shown = browser.get(f"/admin/clients/clientgoal/{goal.pk}/change/").content.decode()
    assert 'name="matters_most"' in shown
    assert 'name="target"' not in shown
