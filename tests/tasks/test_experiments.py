"""A test is planned before it begins, read as it was, and stopped for good."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from tasks import experiments
from tasks.models import ArmReading, Experiment
from tests.factories.clients import ClientFactory
from tests.factories.tasks import TacticFactory, experiment_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 19)


def planned(**more):
    told = {
        "client": ClientFactory(),
        "name": " Two-step form ",
        "arms": ["As it is", "Two steps"],
        "started_on": TODAY,
        "today": TODAY,
        "baseline_rate": Decimal("0.04"),
        "smallest_lift": Decimal("0.01"),
        "planned_per_arm": 6745,
    }
    return experiments.plan(**{**told, **more})


def test_a_plan_has_its_control_first():
    experiment = planned()
    assert experiment.name == "Two-step form"
    assert [(arm.name, arm.is_control) for arm in experiment.arms.all()] == [
        ("As it is", True),
        ("Two steps", False),
    ]


@pytest.mark.parametrize("arms", [["A"], ["A", " "], ["A", "a"], [f"V{n}" for n in range(11)]])
def test_a_plan_needs_a_control_and_variants_of_different_names(arms):
    with pytest.raises(ValidationError):
        planned(arms=arms)


def test_a_test_that_began_already_cannot_be_planned():
    with pytest.raises(ValidationError, match="must stand before the test begins"):
        planned(started_on=TODAY - timedelta(days=1))


def test_the_tactic_of_another_client_is_refused():
    with pytest.raises(ValidationError, match="another client's"):
        planned(tactic=TacticFactory())


def counts(experiment, *pairs):
    return dict(zip(experiment.arms.order_by("-is_control"), pairs, strict=True))


def read(experiment, day, *pairs, today=TODAY):
    experiments.read(
        experiment=experiment, read_on=day, counts=counts(experiment, *pairs), today=today
    )


def test_a_second_reading_of_a_day_takes_the_place_of_the_first():
    experiment = experiment_of()
    read(experiment, TODAY, (100, 4), (101, 5))
    read(experiment, TODAY, (110, 4), (111, 6))
    told = ArmReading.objects.values_list("visitors", "conversions").order_by("visitors")
    assert list(told) == [(110, 4), (111, 6)]


@pytest.mark.parametrize(
    ("day", "pairs", "words"),
    [
        (TODAY + timedelta(days=1), [(9000, 400), (9000, 400)], "today or earlier"),
        (date(2026, 8, 31), [(9, 4), (9, 4)], "began on"),
        (TODAY, [(4000, 300), (6000, 300)], "cannot fall"),
        (TODAY, [(6000, 199), (6000, 300)], "cannot fall"),
        (date(2026, 9, 9), [(5001, 100), (4000, 100)], "cannot fall"),
        (TODAY, [(6000, 6001), (6000, 300)], "more conversions than visitors"),
    ],
)
def test_an_impossible_reading_is_refused_and_nothing_of_it_is_kept(day, pairs, words):
    experiment = experiment_of((14, (5000, 200), (5000, 250)))
    with pytest.raises(ValidationError, match=words):
        read(experiment, day, *pairs)
    assert ArmReading.objects.count() == 2


def test_since_the_first_reading_plan_and_arms_are_fixed():
    experiment = experiment_of((14, (5000, 200), (5000, 250)))
    experiment.planned_per_arm = 5000
    with pytest.raises(ValidationError, match="fixed since the first reading"):
        experiment.full_clean()
    with pytest.raises(ValidationError, match="fixed since the first reading"):
        experiments.refuse_other_arms(experiment.pk)
    experiments.refuse_other_arms(experiment_of().pk)


def stopped(experiment, day=TODAY, reason="The shop moves", today=TODAY):
    return experiments.stop(experiment=experiment, ended_on=day, reason=reason, today=today)


def test_it_is_stopped_with_its_reason_and_for_good():
    experiment = stopped(experiment_of(note="Approved by Ada."))
    assert experiment.ended_on == TODAY
    assert experiment.note == "Approved by Ada. The shop moves"
    with pytest.raises(ValidationError, match="that is final"):
        stopped(experiment)
    with pytest.raises(ValidationError, match="was stopped"):
        read(experiment, TODAY + timedelta(days=1), (1, 1), (1, 1), today=date(2026, 12, 1))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"reason": "  "}, "Say why"),
        ({"day": TODAY + timedelta(days=1)}, "today or earlier"),
        ({"day": date(2026, 9, 10)}, "a reading of 15 Sep"),
    ],
)
def test_a_stop_needs_a_reason_and_a_day_after_its_last_reading(more, words):
    with pytest.raises(ValidationError, match=words):
        stopped(experiment_of((14, (50, 2), (50, 2))), **more)
    assert Experiment.objects.get().ended_on is None
