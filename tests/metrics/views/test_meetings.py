from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tasks.models import Decision, Meeting, WeeklyGoal
from tests.factories.cast import make_cast
from tests.metrics.views.test_pages import another, browser_of, queries, text

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(THURSDAY, tick=False):
        yield


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def slide(cast):
    """The first client's, in a review that the manager began."""
    answer = browser_of(cast.manager).post("/meetings/begin/", {"pod": "amber"}, follow=True)
    return answer.redirect_chain[-1][0]


def test_next_keeps_the_decision_as_a_goal_and_ends_after_the_last_client(cast, slide):
    told = {"choice": "pivot", "text": "New hero form", "version": 0, "seconds": 130}
    answer = browser_of(cast.manager).post(slide, told, follow=True)
    assert "1 of 1 clients reviewed" in text(answer)
    assert "New hero form" in text(answer)
    assert WeeklyGoal.objects.get().text == "New hero form"
    assert Meeting.objects.get().turns.get().seconds == 130


def test_without_a_decision_the_client_was_reviewed_all_the_same(cast, slide):
    answer = browser_of(cast.manager).post(slide, {"seconds": "x"}, follow=True)
    assert "Every client had its turn" in text(answer)
    assert not Decision.objects.exists()


def test_looking_at_a_slide_does_not_make_it_reviewed(cast, slide):
    browser = browser_of(cast.manager)
    browser.get(slide)
    said = text(browser.get(slide.rsplit("/", 2)[0] + "/end/"))
    assert "0 of 1 clients reviewed" in said
    assert "Acme" in said


def test_a_decision_that_cannot_be_promised_is_shown_again(cast, slide):
    told = {"choice": "pivot", "text": "", "version": 0}
    answer = browser_of(cast.manager).post(slide, told)
    assert "Say what will be done" in text(answer)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("who", ["manager_b", "stranger"])
def test_a_foreign_review_is_absent(cast, slide, who):
    browser = browser_of(getattr(cast, who))
    review = slide.rsplit("/", 2)[0]
    for address in (slide, f"{review}/", f"{review}/end/"):
        assert browser.get(address).status_code == 404
    assert "Amber" not in text(browser.get("/meetings/"))


def test_a_designer_watches_and_does_not_lead(cast, slide):
    browser = browser_of(cast.designer)
    assert browser.get(slide).status_code == 200
    assert browser.post(slide, {}).status_code == 403


def test_only_who_sees_every_client_reviews_the_agency(cast):
    assert browser_of(cast.manager).post("/meetings/begin/", {}).status_code == 404
    answer = browser_of(cast.leader).post("/meetings/begin/", {}, follow=True)
    assert "1 of 2, worst first" in text(answer)


def test_the_queries_of_a_slide_do_not_grow_with_the_clients(cast):
    few = _of_a_review(cast.director, cast)
    Meeting.objects.all().delete()
    for number in range(8):
        another(cast, number)
    assert _of_a_review(cast.director, cast) <= few + 3
    assert queries(browser_of(cast.director), "/meetings/") <= 15


def _of_a_review(user, cast):
    browser = browser_of(user)
    answer = browser.post("/meetings/begin/", {"pod": "amber"}, follow=True)
    return queries(browser, answer.redirect_chain[-1][0])


def test_only_the_newest_review_says_when_the_next_is_due(cast):
    for days_ago in (28, 14):
        with time_machine.travel(THURSDAY - timedelta(days=days_ago), tick=False):
            browser = browser_of(cast.manager)
            slide = browser.post("/meetings/begin/", {"pod": "amber"}, follow=True)
            browser.post(slide.redirect_chain[-1][0], {"seconds": "60"}, follow=True)
    said = text(browser_of(cast.manager).get("/meetings/")).partition("Growth reviews")[2]
    assert said.count("next due") == 1
    assert "Due next due 19 Nov" in said.partition("Amber, 22 Oct")[0]
