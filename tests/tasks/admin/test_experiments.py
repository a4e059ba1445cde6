"""The admin keeps to the rules of tests: no verdict to write, no plan to bend."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from tasks.models import ArmReading, Experiment
from tests.factories.cast import make_cast
from tests.factories.tasks import experiment_of

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(datetime(2026, 11, 19, 14, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def browser():
    browser = Browser()
    browser.force_login(make_cast().admin, backend=BACKEND)
    return browser


@pytest.fixture
def running():
    return experiment_of((14, (5000, 200), (5000, 250)))


def change(kind, row):
    return reverse(f"admin:tasks_{kind}_change", args=[row.pk])


def test_the_plan_of_a_test_that_was_read_is_looked_at(browser, running):
    form = browser.get(change("experiment", running)).context["adminform"]
    assert {*Experiment.PLAN, "client"} <= set(form.readonly_fields)
    assert not {"verdict", "state", "outcome"} & set(form.form.fields)
    said = {"name": "Renamed", "planned_per_arm": 5000, "alpha": "0.2", "verdict": "won"}
    management = {"arms-TOTAL_FORMS": 0, "arms-INITIAL_FORMS": 0}
    browser.post(change("experiment", running), {**said, **management})
    running.refresh_from_db()
    assert (running.planned_per_arm, str(running.alpha)) == (6745, "0.0500")


def test_before_the_first_reading_the_plan_may_still_change(browser):
    form = browser.get(change("experiment", experiment_of())).context["adminform"]
    assert "planned_per_arm" in form.form.fields


def test_nothing_of_a_test_that_was_read_can_be_deleted(browser, running):
    arm, reading = running.arms.first(), ArmReading.objects.first()
    rows = {"experiment": running, "experimentarm": arm, "armreading": reading}
    for kind, row in rows.items():
        address = reverse(f"admin:tasks_{kind}_delete", args=[row.pk])
        assert browser.post(address, {"post": "yes"}).status_code == 403, kind
    assert ArmReading.objects.count() == 2


def test_an_arm_cannot_be_added_or_renamed_once_numbers_are_in(browser, running):
    said = {"experiment": running.pk, "name": "Third"}
    management = {"readings-TOTAL_FORMS": 0, "readings-INITIAL_FORMS": 0}
    answer = browser.post(reverse("admin:tasks_experimentarm_add"), {**said, **management})
    assert "fixed since the first reading" in answer.content.decode()
    form = browser.get(change("experimentarm", running.arms.first())).context["adminform"]
    assert "is_control" in form.readonly_fields
    assert running.arms.count() == 2


def test_a_reading_is_corrected_within_what_can_be(browser, running):
    reading = ArmReading.objects.get(conversions=250)
    address = change("armreading", reading)
    answer = browser.post(address, {"visitors": 100, "conversions": 250})
    assert "more conversions than visitors" in answer.content.decode()
    assert browser.post(address, {"visitors": 5000, "conversions": 240}).status_code == 302
    reading.refresh_from_db()
    assert reading.conversions == 240
    assert reading.history.count() == 2
