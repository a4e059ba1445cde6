"""The list of tests, one test with its sums, and planning one."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
import time_machine

from tasks.models import ArmReading, Experiment
from tests.factories.cast import make_cast
from tests.factories.clients import StaffFactory
from tests.factories.tasks import experiment_of
from tests.metrics.views.browsing import browser_of, links, opened, queries, words

pytestmark = pytest.mark.django_db
WON = (28, (6745, 270), (6745, 340))
BARELY = (28, (6745, 270), (6745, 318))  # p = 0.04
LOST = (28, (6745, 340), (6745, 270))
LEVEL = (28, (6745, 270), (6745, 275))
HALF = (14, (5000, 200), (5000, 250))
EARLY = (3, (90, 4), (91, 5))


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(datetime(2026, 11, 19, 14, 32, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def cast():
    return make_cast()


def test_the_list_says_of_each_what_may_be_said(cast):
    told = {"client": cast.client_a, "designer": cast.designer.staff}
    for look in (WON, LOST, LEVEL, HALF, EARLY):
        experiment_of(look, **told)
    page = opened(cast.designer, "/experiments/")
    text = words(page)
    assert "Designers won 1 of 2 decided tests" in text
    assert "5 shown of 5" in text
    assert "74% of sample" in text
    assert "too few" in text
    for chip in ("Won", "Lost", "No difference", "Running", "Too early"):
        assert f"{chip}</span>" in page.content.decode()
    assert "style=" not in page.content.decode().split("<main")[1]


def test_a_foreign_test_is_neither_listed_nor_there(cast):
    foreign = experiment_of(WON, client=cast.client_b, name="Foreignmark")
    assert "Foreignmark" not in words(opened(cast.designer, "/experiments/"))
    for address in ("", "readings/", "stop/"):
        opened(cast.designer, f"/experiments/{foreign.pk}/{address}", status=404)
    assert "Foreignmark" in words(opened(cast.leader, "/experiments/"))


def test_filters_and_confidence_stand_in_the_address(cast):
    leo = StaffFactory(name="Leo Sato", slug="leo-sato", role="designer")
    experiment_of(WON, client=cast.client_a, designer=leo, name="Leos test")
    experiment_of(LOST, client=cast.client_b, designer=None, name="Nobodys test")
    asked = {
        "designer=leo-sato": "Leos",
        "designer=nobody": "Nobodys",
        "state=won": "Leos",
        "state=lost": "Nobodys",
        f"client={cast.client_a.slug}": "Leos",
        f"pod={cast.pod_b.slug}": "Nobodys",
    }
    for query, name in asked.items():
        text = words(opened(cast.leader, f"/experiments/?{query}"))
        assert [one for one in ("Leos", "Nobodys") if f"{one} test" in text] == [name], query
    page = opened(cast.leader, "/experiments/?state=won&confidence=99&sort=-lift")
    assert "?state=won&confidence=90&sort=-lift" in links(page)
    assert "No test passes" in words(opened(cast.leader, "/experiments/?state=invalid"))


def test_more_confidence_only_takes_verdicts_away_and_the_plan_counts(cast):
    experiment_of(BARELY, client=cast.client_a)
    at_95 = words(opened(cast.leader, "/experiments/?confidence=95"))
    assert "Won 1 Lost 0 No difference 0" in at_95
    at_99 = words(opened(cast.leader, "/experiments/?confidence=99"))
    assert "Won 0 Lost 0 No difference 1" in at_99
    assert "Read at 99%, 1 test says something else than as planned" in at_99
    assert "Won as planned" in at_99
    assert "Designers won 1 of 1 decided test" in at_99


def test_with_less_confidence_a_test_that_is_not_complete_is_still_not_won(cast):
    experiment_of(HALF, client=cast.client_a)
    experiment_of(HALF, client=cast.client_a, rule="sequential")  # at 80% its interval is clear
    assert "Won 0 Lost 0" in words(opened(cast.leader, "/experiments/?confidence=80"))


def test_the_csv_holds_what_the_list_shows_in_raw_numbers(cast):
    experiment_of(WON, client=cast.client_a, name="=1+1")
    experiment_of(HALF, client=cast.client_a, name="Runs")
    answer = opened(cast.leader, "/experiments/?format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["result"] for row in rows] == ["won", "running"]
    assert rows[0]["test"] == "'=1+1"
    assert rows[0]["decided_on"] == "2026-09-29"
    assert float(rows[0]["lift"]) == pytest.approx(70 / 270, abs=0.001)
    assert (rows[1]["confidence"], rows[1]["sample_share"]) == ("", "0.7413")


def test_a_past_day_shows_what_was_known_then(cast):
    experiment = experiment_of(HALF, WON, client=cast.client_a)
    assert "Won" in words(opened(cast.leader, f"/experiments/{experiment.pk}/"))
    then = opened(cast.leader, f"/experiments/{experiment.pk}/?as_of=2026-09-20")
    assert "5,000 of 6,745 planned visitors per arm" in words(then)
    assert "340 of 6,745" not in words(then)
    assert "none decided yet" in words(opened(cast.leader, "/experiments/?as_of=2026-09-20"))


def test_one_test_shows_its_plan_its_sums_and_which_reading_decided(cast):
    after = (35, (9000, 300), (9000, 300))
    experiment = experiment_of(HALF, WON, after, client=cast.client_a, hypothesis="Less work")
    page = opened(cast.designer, f"/experiments/{experiment.pk}/")
    text = words(page)
    assert "Less work" in text
    assert "Shorter: +1.04 points, probably between" in text
    assert "6,745 ÷ 6,745 planned visitors per arm" in text
    assert "decided the test" in text
    assert "after the verdict, changes nothing" in text
    assert "fixed since the first reading" in text
    assert "4.00% +1.00 points" in text
    assert f"/experiments/{experiment.pk}/readings/" in links(page)
    told = opened(cast.designer, f"/experiments/{experiment.pk}/?format=csv").content
    rows = list(csv.DictReader(io.StringIO(told.decode("utf-8-sig"))))
    assert len(rows) == 6  # three readings of two arms
    assert {(row["visitors"], row["conversions"]) for row in rows} >= {("9000", "300")}


def test_those_who_only_look_are_offered_no_deeds(cast):
    experiment = experiment_of(HALF, client=cast.client_a)
    page = opened(cast.accounting, f"/experiments/{experiment.pk}/")
    assert f"/experiments/{experiment.pk}/readings/" not in links(page)
    assert "/experiments/new/" not in links(opened(cast.accounting, "/experiments/"))
    for address in ("new/", f"{experiment.pk}/readings/", f"{experiment.pk}/stop/"):
        opened(cast.accounting, f"/experiments/{address}", status=403)


def plan(cast, **more):
    told = {
        "client": cast.client_a.slug,
        "name": "Two-step form",
        "metric": "Form sent",
        "control": "As it is",
        "variants": "Two steps",
        "baseline": "4",
        "lift": "1",
        "alpha": "0.05",
        "power": "0.8",
        "rule": "fixed",
        "planned_per_arm": "",
        "started_on": "2026-11-19",
    }
    return {**told, **more}


def test_the_sample_is_worked_out_and_nothing_is_saved(cast):
    browser = browser_of(cast.designer)
    page = browser.post("/experiments/new/", plan(cast, work_out="1"))
    assert "It takes 6,745 visitors per arm" in words(page)
    assert 'value="6745"' in page.content.decode()
    assert 'value="Two-step form"' in page.content.decode()
    assert not Experiment.objects.exists()
    several = browser.post("/experiments/new/", plan(cast, work_out="1", variants="B\nC"))
    assert "It takes 8,169 visitors per arm" in words(several)
    empty = browser.post("/experiments/new/", {"work_out": "1"})
    assert "Say first what it converts today" in words(empty)


def test_a_designer_plans_a_test_with_the_sample_that_it_needs(cast):
    browser = browser_of(cast.designer)
    assert browser.get("/experiments/new/").context["form"].initial["designer"]
    answer = browser.post("/experiments/new/", plan(cast, designer=cast.designer.staff.pk))
    experiment = Experiment.objects.get()
    assert answer.url == f"/experiments/{experiment.pk}/"
    assert experiment.planned_per_arm == 6745
    assert str(experiment.baseline_rate) == "0.0400"
    assert [arm.name for arm in experiment.arms.all()] == ["As it is", "Two steps"]
    again = browser.post("/experiments/new/", plan(cast))
    assert "has an experiment by this name" in words(again)


@pytest.mark.parametrize(
    ("more", "words_of_refusal"),
    [
        ({"started_on": "2026-11-18"}, "must stand before the test begins"),
        ({"variants": "as it is"}, "each otherwise"),
        ({"baseline": "60", "lift": "40"}, "Together they pass 100"),
        ({"client": "globex-of-others"}, "Select a valid choice"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_beside_its_field(cast, more, words_of_refusal):
    page = browser_of(cast.designer).post("/experiments/new/", plan(cast, **more))
    assert words_of_refusal in words(page)
    assert not Experiment.objects.exists()


def test_a_foreign_client_is_not_among_those_to_choose(cast):
    page = browser_of(cast.designer).post(
        "/experiments/new/", plan(cast, client=cast.client_b.slug)
    )
    assert "Select a valid choice" in words(page)


def test_a_reading_is_added_and_the_verdict_follows(cast):
    experiment = experiment_of(HALF, client=cast.client_a)
    url = f"/experiments/{experiment.pk}/readings/"
    control, variant = experiment.arms.order_by("-is_control")
    said = {
        "read_on": "2026-11-19",
        f"visitors_{control.pk}": 6745,
        f"conversions_{control.pk}": 270,
        f"visitors_{variant.pk}": 6745,
        f"conversions_{variant.pk}": 340,
    }
    browser = browser_of(cast.designer)
    wrong = browser.post(url, {**said, f"visitors_{variant.pk}": 10})
    assert "cannot fall" in words(wrong) or "more conversions" in words(wrong)
    assert ArmReading.objects.count() == 2
    assert browser.post(url, said).url == f"/experiments/{experiment.pk}/"
    assert "Won" in words(browser.get(f"/experiments/{experiment.pk}/"))


def test_a_test_is_stopped_with_a_reason_and_proves_nothing(cast):
    experiment = experiment_of(HALF, client=cast.client_a)
    url, browser = f"/experiments/{experiment.pk}/stop/", browser_of(cast.designer)
    assert "This field is required" in words(browser.post(url, {"ended_on": "2026-11-19"}))
    said = {"ended_on": "2026-11-19", "reason": "The shop moves"}
    assert browser.post(url, said).url == f"/experiments/{experiment.pk}/"
    text = words(browser.get(f"/experiments/{experiment.pk}/"))
    assert "No difference" in text
    assert "Stopped at 5,000 of 6,745 planned visitors per arm: no difference is proven" in text
    assert "The shop moves" in text
    assert "Add a reading" not in text


def test_without_any_test_it_says_what_to_do(cast):
    assert "Add the first test" in words(opened(cast.designer, "/experiments/"))
    assert "Designers and managers write the plan" in words(opened(cast.marketing, "/experiments/"))


def test_the_list_asks_few_questions_however_many_there_are(cast):
    experiment_of(WON, client=cast.client_a)
    few = queries(cast.leader, "/experiments/")
    for _ in range(8):
        experiment_of(WON, HALF, client=cast.client_a, started_on=date(2026, 8, 1))
    assert queries(cast.leader, "/experiments/") == few <= 15
