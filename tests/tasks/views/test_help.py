"""Help with a goal: asked for and given on the client's pages."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from tasks.models import HelpRequest
from tests.factories.cast import make_cast
from tests.factories.clients import ClientGoalFactory
from tests.factories.ledger import HelpRequestFactory
from tests.factories.tasks import WeeklyGoalFactory
from tests.metrics.views.browsing import browser_of, links, opened, words

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)
ASK = "/clients/acme/help/"


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(THURSDAY, tick=False):
        yield


@pytest.fixture
def cast():
    return make_cast()


def this_week(cast, client=None, **more):
    told = {"client": client or cast.client_a, "manager": cast.manager.staff}
    return WeeklyGoalFactory(**told, week_starts_on=date(2026, 11, 16), **more)


def test_help_is_asked_for_and_stands_on_the_page_until_it_is_given(cast):
    goal = this_week(cast, text="Launch the form")
    assert "This week: Launch the form" in words(opened(cast.manager, ASK))
    told = {"goal": f"week-{goal.pk}", "text": "Who knows booking forms?"}
    assert browser_of(cast.manager).post(ASK, told).url == "/clients/acme/"
    row = HelpRequest.objects.get()
    page = opened(cast.designer, "/clients/acme/")
    assert "Help asked for Manager, 19 Nov “Who knows booking forms?”" in words(page)
    assert f"/clients/acme/help/{row.pk}/" in links(page)
    assert f"/clients/acme/help/{row.pk}/" not in links(opened(cast.manager, "/clients/acme/"))
    give = f"/clients/acme/help/{row.pk}/"
    assert "Manager asked: “Who knows booking forms?”" in words(opened(cast.designer, give))
    browser_of(cast.designer).post(give, {"answer": "Showed the builder"})
    text = words(opened(cast.manager, "/clients/acme/"))
    assert "Help given" in text
    assert "Designer: Showed the builder" in text


def test_only_goals_of_the_client_that_run_now_are_offered(cast):
    this_week(cast, text="Done already", status="met")
    WeeklyGoalFactory(client=cast.client_a, text="Long ago")
    foreign = this_week(cast, client=cast.client_b, text="Foreign goal")
    ClientGoalFactory(client=cast.client_a, name="Leads", starts_on=date(2026, 10, 1))
    page = words(opened(cast.manager, ASK))
    assert "90 days: Leads" in page
    for text in ("Done already", "Long ago", "Foreign goal"):
        assert text not in page
    told = {"goal": f"week-{foreign.pk}", "text": "Help"}
    assert "not one of the available" in browser_of(cast.manager).post(ASK, told).content.decode()


def test_a_mistake_keeps_what_was_typed(cast):
    page = browser_of(cast.manager).post(ASK, {"goal": "", "text": "Who knows?"}).content.decode()
    assert "This field is required." in page
    assert "Who knows?" in page
    assert "agree on one first" in page


def test_who_asks_does_not_help_themselves(cast):
    asked = HelpRequestFactory(weekly_goal=this_week(cast))
    url = f"/clients/acme/help/{asked.pk}/"
    page = browser_of(cast.manager).post(url, {"answer": "Did it"}).content.decode()
    assert "does not give it" in page
    assert "Did it" in page


def test_help_of_foreign_clients_is_absent_and_accounting_only_reads(cast):
    foreign = HelpRequestFactory(weekly_goal=this_week(cast, client=cast.client_b))
    for url in (
        "/clients/boreal/help/",
        f"/clients/boreal/help/{foreign.pk}/",
        f"/clients/acme/help/{foreign.pk}/",
    ):
        assert browser_of(cast.manager).get(url).status_code == 404
    assert browser_of(cast.accounting).get(ASK).status_code == 403
    assert "/clients/acme/help/" not in links(opened(cast.accounting, "/clients/acme/"))


def test_an_account_of_nobody_asks_for_nothing(cast):
    goal = this_week(cast)
    told = {"goal": f"week-{goal.pk}", "text": "Help"}
    page = browser_of(cast.admin).post(ASK, told).content.decode()
    assert "belongs to no member of staff" in page
