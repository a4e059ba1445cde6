from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clients.models import Staff
from tests.factories.clients import StaffFactory
from tests.factories.training import (
    CompletionFactory,
    ModuleVersionFactory,
    RequirementFactory,
    TrainingModuleFactory,
    attempted,
)
from training.models import TrainingModule
from training.register import training_register
from training.standing import State

pytestmark = pytest.mark.django_db

TAKEN = date(2026, 3, 2)
DAY = date(2026, 6, 1)


@pytest.fixture
def ana() -> Staff:
    return StaffFactory(name="Ana")


@pytest.fixture
def six_required(ana: Staff) -> list[TrainingModule]:
    """Passed with 90, 80, 85 and 95; failed with 60; one not begun."""
    versions = [ModuleVersionFactory() for _ in range(6)]
    for version, score in zip(versions, [90, 80, 85, 95, 60], strict=False):
        attempted(ana, version, score, TAKEN)
    for version in versions:
        RequirementFactory(module=version.module)
    return [version.module for version in versions]


@pytest.mark.usefixtures("six_required")
def test_the_worked_example_four_of_six_with_a_mean_of_82_or_68_point_3():
    standings = list(training_register(Staff.objects.all()).required_on(DAY))
    scores = [found.score for found in standings if found.score is not None]
    assert (
        sum(found.is_passed for found in standings),
        sum(found.is_due for found in standings),
    ) == (4, 6)
    assert sum(scores) / len(scores) == Decimal(82)
    assert round(sum(scores) / len(standings), 1) == Decimal("68.3")
    assert sorted(found.state for found in standings) == sorted(
        [State.PASSED] * 4 + [State.FAILED, State.NOT_BEGUN]
    )


@pytest.mark.usefixtures("six_required")
def test_the_day_before_nothing_was_passed():
    standings = list(training_register(Staff.objects.all()).required_on(date(2026, 3, 1)))
    assert [found.state for found in standings] == [State.NOT_BEGUN] * 6


def test_a_new_version_takes_a_pass_out_and_leaves_the_module_due(
    ana: Staff, six_required: list[TrainingModule]
):
    ModuleVersionFactory(module=six_required[0], number=2, published_on=date(2026, 5, 31))
    standings = list(training_register(Staff.objects.all()).required_on(DAY))
    assert sum(found.is_passed for found in standings) == 3
    assert sum(found.is_due for found in standings) == 6


def test_an_expiry_takes_a_pass_out(ana: Staff):
    version = ModuleVersionFactory(months_valid=2)
    RequirementFactory(module=version.module)
    attempted(ana, version, 90, TAKEN)
    register = training_register(Staff.objects.all())
    assert [found.is_passed for found in register.on(date(2026, 5, 1))] == [True]
    assert [found.state for found in register.on(date(2026, 5, 2))] == [State.EXPIRED]


def test_nothing_required_gives_no_standing_to_count(ana: Staff):
    version = ModuleVersionFactory()
    CompletionFactory(staff=ana, version=version)
    register = training_register(Staff.objects.all())
    assert list(register.required_on(DAY)) == []
    assert [found.is_passed for found in register.on(DAY)] == [True]


def test_a_module_without_a_published_version_is_not_there_yet(ana: Staff):
    RequirementFactory(module=TrainingModuleFactory())
    ModuleVersionFactory(published_on=None)
    assert list(training_register(Staff.objects.all()).on(DAY)) == []


def test_only_the_people_and_modules_asked_for_are_read(six_required: list[TrainingModule]):
    StaffFactory(name="Ben")
    register = training_register(
        Staff.objects.filter(name="Ben"), TrainingModule.objects.filter(pk=six_required[0].pk)
    )
    assert [found.state for found in register.on(DAY)] == [State.NOT_BEGUN]


@pytest.mark.usefixtures("six_required")
def test_the_register_is_read_in_six_queries_however_many_people_there_are():
    StaffFactory.create_batch(20)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        register = training_register(Staff.objects.all())
        assert len(list(register.on(DAY))) == 21 * 6
        assert len(list(register.on(date(2026, 1, 1)))) == 21 * 6
    assert len(queries) == 6
