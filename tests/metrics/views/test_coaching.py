"""Coaching: one's own numbers, people only as far as one may see them, plans with values."""

from datetime import date

import pytest
from django.core.cache import cache
from django.utils import timezone

from godview.periods import Period
from metrics.dashboards.coaching.habits import practices
from metrics.dashboards.coaching.page import keep
from metrics.dashboards.portfolio import all_lines
from metrics.queries.habits import first_weeks_by_manager
from metrics.queries.stamps import read_stamps
from tests.factories.cast import make_cast
from tests.factories.tasks import WeeklyGoalFactory
from tests.metrics.lively import DAY, lively
from tests.metrics.views.browsing import browser_of, links
from tests.metrics.views.test_pages import text
from training.models import CoachingPlan

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    cast = make_cast()
    own = {"contact_cadence": 1.25, "on_time": 0.8}
    managers = {str(cast.manager.staff.pk): own, str(cast.manager_b.staff.pk): {"on_time": 0.5}}
    found = {
        "habit": "on_time", "winners": 0.9, "others": 0.6, "difference": 0.3, "low": 0.1,
        "high": 0.5, "n": [120, 240], "p": 0.001, "certain": True,
    }  # fmt: skip
    keep(
        timezone.localdate(),
        {"managers": managers, "judged": 9, "findings": [found], "silent": []},
    )
    yield cast
    cache.clear()


def test_a_manager_sees_the_own_numbers_beside_the_two_groups(cast):
    answer = browser_of(cast.manager).get("/coaching/")
    behind = [url for url in links(answer) if url.startswith("/why/on_time_rate/")]
    assert f"scope=manager:{cast.manager.staff.slug}" in behind[0]
    page = text(answer)
    assert "80% 90% 60% +30 pts (+10 pts to +50 pts) 120 and 240 certain" in page


def test_the_csv_has_the_habits_and_no_person(cast):
    told = browser_of(cast.leader).get("/coaching/?format=csv").content.decode("utf-8-sig")
    assert told.splitlines()[1] == "on_time,0.9,0.6,0.3,0.1,0.5,120,240,0.001,yes,"
    assert "Manager" not in told


def test_people_are_listed_only_as_far_as_one_may_see_them(cast):
    for name, seen in (("manager", False), ("director", False), ("leader", True)):
        page = text(browser_of(getattr(cast, name)).get("/coaching/?habit=on_time"))
        assert ("Other 50%" in page) is seen
        assert "Manager 80%" in page


def test_a_plan_keeps_the_value_before_and_after(cast):
    browser = browser_of(cast.leader)
    browser.post("/coaching/plans/", {"staff": "manager", "habit": "on_time", "steps": "A look"})
    plan = CoachingPlan.objects.get()
    assert (plan.value_before, plan.coach.name) == (0.8, "Leader")
    browser.post(f"/coaching/plans/{plan.pk}/", {"result": "Kept"})
    plan.refresh_from_db()
    assert (plan.value_after, plan.result) == (0.8, "Kept")
    browser.post(f"/coaching/plans/{plan.pk}/", {"result": "Again"})
    plan.refresh_from_db()
    assert plan.result == "Kept"


def test_who_may_not_plan_is_refused_and_foreign_people_are_not_there(cast):
    said = {"staff": "other", "habit": "on_time"}
    assert browser_of(cast.manager).post("/coaching/plans/", said).status_code == 403
    assert browser_of(cast.director).post("/coaching/plans/", said).status_code == 404
    assert browser_of(cast.leader).post("/coaching/plans/", said).status_code == 302


def test_until_the_worker_is_done_the_page_says_so(cast, monkeypatch):
    cache.clear()
    monkeypatch.setattr("metrics.views.coaching.compare_habits.delay", lambda day, known_on: None)
    first = browser_of(cast.leader).get("/coaching/")
    assert "are being compared" in text(first)
    assert 'hx-get="?try=1"' in first.content.decode()
    assert "hx-get" not in browser_of(cast.leader).get("/coaching/?try=8").content.decode()


def test_the_habits_are_the_numbers_of_the_catalogue():
    lively()
    found = practices(all_lines(read_stamps(), DAY), DAY)
    assert found
    for one in found:
        assert one.values.keys() >= {"contact_cadence", "on_time", "postponements", "training"}
        assert one.counts["on_time"].whole >= one.counts["on_time"].part


def test_new_clients_first_weeks_are_counted_once(cast):
    cast.client_a.engagements.update(started_on=date(2026, 9, 9))
    for monday, status in ((7, "met"), (14, "missed"), (21, "met"), (28, "met")):
        WeeklyGoalFactory(
            client=cast.client_a,
            manager=cast.manager.staff,
            week_starts_on=date(2026, 9, monday),
            status=status,
        )
    found = first_weeks_by_manager(Period(date(2026, 9, 1), date(2026, 11, 1)))
    assert found[cast.manager.staff.pk].part == 1
    assert found[cast.manager.staff.pk].whole == 2
