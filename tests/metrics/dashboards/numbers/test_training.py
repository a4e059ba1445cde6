from datetime import date

import pytest

from metrics.queries.scopes import Scope
from tests.factories.clients import StaffFactory
from tests.factories.training import ModuleVersionFactory, RequirementFactory, attempted
from tests.metrics.histories import client, measure, value

pytestmark = pytest.mark.django_db


@pytest.fixture
def worked_example():
    """Six required: 90, 80, 85 and 95 passed, 60 failed, one not begun."""
    person = StaffFactory()
    for score in (90, 80, 85, 95, 60, None):
        version = ModuleVersionFactory()
        RequirementFactory(module=version.module)
        if score is not None:
            attempted(person, version, score, on=date(2026, 6, 1))
    return person


def test_the_worked_example_of_training(worked_example):
    completed = measure("training_completion_rate")
    assert (completed.value, completed.part, completed.whole) == (pytest.approx(4 / 6), 4, 6)
    assert value("training_score") == 82
    assert value("training_score_with_zero") == pytest.approx(68.3, abs=0.05)


def test_of_a_day_before_the_attempts_nothing_is_passed(worked_example):
    assert value("training_completion_rate", as_of=date(2026, 5, 31)) == 0
    assert measure("training_score", as_of=date(2026, 5, 31)).value is None


def test_one_persons_training_is_asked_by_the_person(worked_example):
    StaffFactory()
    person = Scope("manager", worked_example.pk, worked_example.name)
    assert measure("training_completion_rate").whole == 12
    assert measure("training_completion_rate", scope=person).whole == 6


def test_nothing_required_is_no_rate():
    StaffFactory()
    assert measure("training_completion_rate").value is None


def test_a_client_has_no_training():
    of = client("Halden")
    scope = Scope("client", of.pk, of.name)
    assert "not about clients" in measure("training_completion_rate", scope=scope).reason
