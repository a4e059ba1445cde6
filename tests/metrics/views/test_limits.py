"""A limit is set in one place, and every page, export and answer goes by it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.contrib.admin import site
from django.core.exceptions import ValidationError
from django.test import Client as Browser

from metrics.attention import RULES
from metrics.dashboards.early_warning import scores_on
from metrics.dashboards.portfolio import all_lines
from metrics.dashboards.signs import signs_on
from metrics.limits import check_limit
from metrics.models import Limit
from metrics.queries.limits import limits_on
from metrics.queries.stamps import read_stamps
from tests.factories import voices
from tests.factories.cast import make_cast
from tests.factories.clients import ClientGoalFactory, GoalReadingFactory, TouchpointFactory
from tests.metrics.views.test_pages import browser_of, text

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)
DAY = NOW.date()


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cast():
    """Acme has not heard from us for 12 days, and its goal is at 0.70 of its pace."""
    cast = make_cast()
    for client, days in ((cast.client_a, 12), (cast.client_b, 2)):
        TouchpointFactory(client=client, happened_at=NOW - timedelta(days=days))
    for client, value in ((cast.client_a, "132.7"), (cast.client_b, "146.7")):
        goal = ClientGoalFactory(client=client)
        GoalReadingFactory(goal=goal, read_on=date(2026, 11, 12), value=value)
    for weeks in (0, 1):
        voices.TrafficLightFactory(
            client=cast.client_a,
            color="green",
            week_starts_on=date(2026, 11, 16) - timedelta(weeks=weeks),
            marked_at=NOW - timedelta(weeks=weeks),
        )
    return cast


def told(browser: Browser, address: str) -> str:
    return text(browser.get(address))


def test_a_limit_of_days_since_contact_steers_everything_that_names_it(cast):
    leader, manager = browser_of(cast.leader), browser_of(cast.manager)
    leader.post("/settings/limits/", {"contact": "11"})
    assert "12 days without contact (limit 11)" in told(leader, "/attention/")
    leader.post("/settings/limits/", {"contact": "20"})
    assert "without contact" not in told(leader, "/attention/")
    today = told(leader, "/?marks=contact")
    assert "0 over 20 days" in today
    assert "Over 20 days 0" in today
    assert "17 to 20 days 0" in today
    assert "Limit 20" in told(leader, "/clients/acme/")
    assert "limit 20" in told(leader, "/clients/acme/")  # of the early warning
    assert "Acme" not in told(leader, "/clients/?contact=over").partition("Goals hit")[2]
    assert "0 clients over 20 days without contact" in told(manager, "/week/")
    assert "At most 20 d" in told(leader, "/why/days_since_contact_max/")
    assert "At most 10 d" in told(leader, "/why/days_since_contact_max/?as_of=2026-11-18")
    assert "more than 20 days" in told(leader, "/why/clients_over_contact_standard/")
    api = "/api/v1/metrics/{}/?as_of={}"
    for day, limit, over in ((DAY, 20, 0), (DAY - timedelta(days=1), 10, 1)):
        assert leader.get(api.format("days_since_contact_max", day)).json()["threshold"] == limit
        answer = leader.get(api.format("clients_over_contact_standard", day)).json()
        assert answer["value"] == over


def test_a_limit_of_the_pace_steers_the_marks_and_the_words_too(cast):
    leader = browser_of(cast.leader)
    assert "Off pace below 0.80" in told(leader, "/clients/acme/")
    assert "Off pace 1" in told(leader, "/")
    leader.post("/settings/limits/", {"pace": "0.6"})
    page = told(leader, "/clients/acme/")
    assert "Off pace below 0.60" in page
    assert "Behind" in page
    assert "Off pace 0" in told(leader, "/")
    assert "behind pace" not in told(leader, "/attention/")
    assert "Behind" in leader.get("/clients/?format=csv").content.decode()


def test_a_preview_flags_whom_the_saved_limits_then_flag(cast):
    leader = browser_of(cast.leader)
    Limit.objects.create(key="pace", starts_on=date(2026, 1, 1), value=0.3)
    thought = {"contact": "1", "pace": "0.95", "disagree": "1", "silence": "10", "goals": "1"}
    page = leader.get("/settings/limits/", thought)
    expected = {row.rule.key: row.would_flag for row in page.context["rows"] if row.rule.unit}
    assert expected["disagree"] == 1  # this week alone is off pace by the new limit
    leader.post("/settings/limits/", thought)
    saved = leader.get("/settings/limits/")
    flags = {row.rule.key: row.flags for row in saved.context["rows"]}
    assert {key: flags[key] for key in thought} == {key: expected[key] for key in thought}
    assert saved.context["total"] == page.context["total"]


def test_no_limit_of_nothing_alarms_for_everybody(cast):
    for key in ("reds", "disagree", "breach", "moved", "late"):
        with pytest.raises(ValidationError, match="whole number from 1 to"):
            check_limit(key, 0)
    for value in (1e308, float("inf"), float("nan"), -1):
        for key, rule in RULES.items():
            if rule.unit:
                with pytest.raises(ValidationError, match="number from"):
                    check_limit(key, value)


def test_with_a_limit_of_0_days_every_page_is_whole(cast):
    leader = browser_of(cast.leader)
    at_zero = {key: "0" for key, rule in RULES.items() if rule.unit and not rule.lowest}
    assert leader.post("/settings/limits/", at_zero).status_code == 302
    for address in ("/?marks=contact", "/attention/", "/clients/acme/", "/clients/"):
        assert leader.get(address).status_code == 200
    assert "12 days without contact (limit 0)" in told(leader, "/attention/")
    stamps = read_stamps()
    scores = scores_on(all_lines(stamps, DAY), signs_on(stamps, DAY), limits_on(stamps, DAY), DAY)
    risks = {share.part.name: share.part.risk for share in scores[cast.client_a.pk].shares}
    assert risks["inactivity"] == 1


def test_the_admin_refuses_what_the_page_refuses(cast, rf):
    request = rf.get("/")
    request.user = cast.admin
    form = site._registry[Limit].get_form(request)
    said = {"key": "contact", "starts_on": "2026-11-19", "value": "-1"}
    assert "A whole number from 0 to 365." in str(form(said).errors)
    assert "no limit to set" in str(form({**said, "key": "mood"}).errors)
    assert form({**said, "value": "9"}).is_valid()
