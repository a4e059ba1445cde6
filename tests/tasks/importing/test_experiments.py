"""Plans and readings come in as files. A verdict does not: there is no column for it."""

import pytest

from metrics.queries.experiments import read_records
from tasks.importing.experiment_readings import EXPERIMENT_READINGS
from tasks.importing.experiments import EXPERIMENTS
from tasks.models import ArmReading, Experiment, ExperimentArm
from tests.clients.importing.files import TODAY, imported
from tests.factories.clients import ClientFactory

pytestmark = pytest.mark.django_db
HEADER = "client,name,arms,baseline_rate,smallest_lift,planned_per_arm,started_on"
PLAN = f"""{HEADER}
    C1,Two steps,As it is | Two steps,0.04,0.01,6745,2026-09-01"""
READINGS = """client,experiment,arm,read_on,visitors,conversions
    C1,Two steps,As it is,2026-09-29,6745,270
    C1,two steps,two steps,2026-09-29,6745,340"""


@pytest.fixture(autouse=True)
def _client():
    ClientFactory(external_id="C1")


def test_a_plan_and_its_readings_make_a_verdict():
    assert imported(EXPERIMENTS, PLAN).ok
    assert imported(EXPERIMENT_READINGS, READINGS).ok
    (record,) = read_records(Experiment.objects.all())
    assert [arm.name for arm in record.arms] == ["As it is", "Two steps"]
    assert record.outcome(TODAY).state.value == "won"
    assert ExperimentArm.history.count() == 2


def test_a_column_with_a_verdict_is_left_out_and_said_so():
    report = imported(
        EXPERIMENTS, PLAN.replace("_on\n", "_on,verdict\n").replace("09-01", "09-01,won")
    )
    assert report.ok
    assert "verdict" in " ".join(report.warnings)
    (record,) = read_records(Experiment.objects.all())
    assert record.outcome(TODAY).state.value == "too_early"


def test_before_the_first_reading_arms_may_change_and_after_it_nothing():
    imported(EXPERIMENTS, PLAN)
    other = PLAN.replace("| Two steps", "| Three steps")
    assert imported(EXPERIMENTS, other).ok
    assert [arm.name for arm in ExperimentArm.objects.all()] == ["As it is", "Three steps"]
    imported(EXPERIMENTS, PLAN)
    imported(EXPERIMENT_READINGS, READINGS)
    for bent in (other, PLAN.replace("6745", "5000"), PLAN.replace("As it is |", "Old |")):
        report = imported(EXPERIMENTS, bent)
        assert "fixed since the first reading" in report.refusals[0].sentence
    assert imported(EXPERIMENTS, PLAN).unchanged == 1


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("C1,Two steps,Third,2026-09-10,100,4", "has no experiment “Two steps” with an arm"),
        ("C1,Two steps,As it is,2026-08-31,100,4", "began on 1 Sep"),
        ("C1,Two steps,As it is,2026-11-20,7000,400", "has not come yet"),
        ("C1,Two steps,As it is,2026-09-10,100,101", "more conversions than visitors"),
        ("C1,Two steps,As it is,2026-10-10,6000,300", "cannot fall"),
    ],
)
def test_an_impossible_reading_keeps_the_file_out(row, reason):
    imported(EXPERIMENTS, PLAN)
    imported(EXPERIMENT_READINGS, READINGS)
    report = imported(EXPERIMENT_READINGS, f"{READINGS.splitlines()[0]}\n{row}")
    assert not report.ok
    assert reason in report.refusals[0].sentence
    assert ArmReading.objects.count() == 2


@pytest.mark.parametrize("arms", ["Alone", "A | a", "|"])
def test_a_plan_without_a_control_and_a_variant_is_refused(arms):
    report = imported(EXPERIMENTS, PLAN.replace("As it is | Two steps", arms))
    assert "names no control and variant" in report.refusals[0].sentence
