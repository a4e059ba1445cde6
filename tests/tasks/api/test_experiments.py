"""Tests over the API: planned, read, stopped. Nobody writes a verdict, by whatever way."""

from datetime import UTC, datetime

import pytest
import time_machine

from tasks.models import ArmReading, Experiment
from tests.api.asking import Asking
from tests.factories.cast import Cast, make_cast
from tests.factories.tasks import ArmFactory, ArmReadingFactory, experiment_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(datetime(2026, 11, 19, 14, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def plan(cast: Cast, **more):
    told = {
        "client": cast.client_a.pk,
        "name": "Two-step form",
        "baseline_rate": "0.04",
        "smallest_lift": "0.01",
        "planned_per_arm": 6745,
        "started_on": "2026-11-19",
    }
    return {**told, **more}


def read(cast: Cast, *looks, **more) -> Experiment:
    return experiment_of(*looks, client=cast.client_a, designer=cast.designer.staff, **more)


WON = (28, (6745, 270), (6745, 340))


def test_a_designer_plans_reads_and_is_told_the_verdict(cast: Cast):
    asking = Asking(cast.designer)
    made = asking.post("experiments", **plan(cast))
    assert made.status_code == 201, made.content
    told = made.json()
    assert told["designer"] == cast.designer.staff.pk
    assert told["verdict"]["state"] == "too_early"
    for name, is_control in (("As it is", True), ("Two steps", False)):
        arm = {"experiment": told["id"], "name": name, "is_control": is_control}
        assert asking.post("experiment-arms", **arm).status_code == 201
    for arm in Experiment.objects.get().arms.all():
        reading = {"arm": arm.pk, "read_on": "2026-11-19", "visitors": 50, "conversions": 2}
        assert asking.post("arm-readings", **reading).status_code == 201
    verdict = asking.get("experiments", told["id"]).json()["verdict"]
    assert verdict["reasons"][0] == "50 of at least 100 visitors in an arm"
    assert verdict["comparisons"] == []


def test_a_decided_test_tells_its_comparison_and_a_running_one_none(cast: Cast):
    won, runs = read(cast, WON), read(cast, (14, (5000, 200), (5000, 250)))
    asking = Asking(cast.designer)
    told = {row["id"]: row["verdict"] for row in asking.get("experiments").json()["results"]}
    assert told[won.pk]["state"] == "won"
    assert told[won.pk]["decided_on"] == "2026-09-29"
    (compared,) = told[won.pk]["comparisons"]
    assert compared["variant"] == "Shorter"
    assert compared["low"] < compared["difference"] < compared["high"]
    assert told[runs.pk]["state"] == "running"
    assert told[runs.pk]["comparisons"] == []
    assert told[runs.pk]["sample_share"] == pytest.approx(5000 / 6745)


@pytest.mark.parametrize("field", ["verdict", "state", "outcome", "ended_on"])
def test_nobody_writes_a_verdict(cast: Cast, field: str):
    experiment = read(cast, (14, (5000, 200), (5000, 250)))
    value = "2026-11-01" if field == "ended_on" else "won"
    for user in (cast.designer, cast.leader, cast.admin):
        asking = Asking(user)
        assert asking.patch("experiments", experiment.pk, **{field: value}).status_code == 400
        said = plan(cast, name=f"{user}", **{field: value})
        assert asking.post("experiments", **said).status_code == 400
    assert Asking(cast.leader).get("experiments", experiment.pk).json()["verdict"]["state"] == (
        "running"
    )


@pytest.mark.parametrize(
    "change",
    [{"planned_per_arm": 5000}, {"alpha": "0.2"}, {"rule": "sequential"}, {"metric": "Clicks"}],
)
def test_a_plan_that_was_read_cannot_be_bent(cast: Cast, change):
    experiment = read(cast, (14, (5000, 200), (5000, 250)))
    for user in (cast.designer, cast.leader):
        answer = Asking(user).patch("experiments", experiment.pk, **change)
        assert answer.status_code == 400
        assert "fixed since the first reading" in answer.content.decode()


def test_arms_of_a_test_that_was_read_stay_as_they_are(cast: Cast):
    experiment = read(cast, (14, (5000, 200), (5000, 250)))
    control, variant = experiment.arms.order_by("-is_control")
    asking = Asking(cast.leader)
    more = {"experiment": experiment.pk, "name": "Third", "is_control": False}
    assert asking.post("experiment-arms", **more).status_code == 400
    assert asking.patch("experiment-arms", control.pk, is_control=False).status_code == 400
    assert asking.delete("experiment-arms", variant.pk).status_code == 400
    assert asking.delete("experiments", experiment.pk).status_code == 400
    assert experiment.arms.count() == 2


def test_readings_are_corrected_and_never_deleted(cast: Cast):
    experiment = read(cast, (7, (2000, 80), (2000, 90)), (14, (5000, 200), (5000, 250)))
    early = ArmReading.objects.filter(arm__experiment=experiment).earliest("read_on", "pk")
    asking = Asking(cast.designer)
    assert asking.patch("arm-readings", early.pk, visitors=2100).status_code == 200
    assert asking.patch("arm-readings", early.pk, visitors=5100).status_code == 400
    assert asking.patch("arm-readings", early.pk, read_on="2026-09-02").status_code == 400
    assert Asking(cast.leader).delete("arm-readings", early.pk).status_code == 405
    early.refresh_from_db()
    assert early.visitors == 2100


def test_the_past_cannot_be_planned_over_the_api(cast: Cast):
    answer = Asking(cast.leader).post("experiments", **plan(cast, started_on="2026-11-18"))
    assert answer.status_code == 400
    assert "must stand before the test begins" in answer.content.decode()


def test_it_is_stopped_with_a_reason(cast: Cast):
    experiment = read(cast, (14, (5000, 200), (5000, 400)))
    url = f"/api/v1/experiments/{experiment.pk}/stop/"
    browser = Asking(cast.designer).browser
    assert browser.post(url, {"ended_on": "2026-11-01"}, "application/json").status_code == 400
    said = {"ended_on": "2026-11-01", "reason": "The shop moves"}
    answer = browser.post(url, said, content_type="application/json")
    assert answer.status_code == 200, answer.content
    assert answer.json()["verdict"]["state"] == "no_difference"


def test_others_only_look(cast: Cast):
    experiment = read(cast, WON)
    arm = ArmFactory(experiment=read(cast), name="Third")
    reading = ArmReadingFactory(arm=arm)
    for user in (cast.salesperson, cast.marketing, cast.accounting):
        asking = Asking(user)
        assert asking.post("experiments", **plan(cast)).status_code == 403
        assert asking.patch("arm-readings", reading.pk, visitors=1).status_code in (403, 404)
    assert Asking(cast.manager_b).get("experiments", experiment.pk).status_code == 404


def test_a_list_of_tests_takes_few_questions(cast: Cast, django_assert_max_num_queries):
    for _ in range(6):
        read(cast, WON)
    asking = Asking(cast.leader)
    asking.get("experiments")
    with django_assert_max_num_queries(14):
        assert len(asking.get("experiments").json()["results"]) == 6
