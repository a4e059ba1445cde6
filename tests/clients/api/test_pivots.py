"""Pivots over the API: decided today by whoever sends it, judged once, later."""

from datetime import timedelta

import pytest
from django.utils import timezone

from clients.models import Pivot
from tests.api.asking import Asking
from tests.factories.cast import Cast, make_cast
from tests.factories.clients import ClientGoalFactory, PivotFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def judged(asking: Asking, pivot: Pivot, result: str):
    url = f"/api/v1/pivots/{pivot.pk}/judge/"
    return asking.browser.post(url, {"result": result}, content_type="application/json")


def test_a_pivot_is_decided_and_judged_once(cast: Cast):
    today = timezone.localdate()
    goal = ClientGoalFactory(client=cast.client_a, starts_on=today - timedelta(days=30))
    asking = Asking(cast.manager)
    made = asking.post("pivots", goal=goal.pk, text="Retargeting only")
    assert made.status_code == 201, made.content
    assert (made.json()["decided_by"], made.json()["decided_on"]) == (
        cast.manager.staff.pk,
        str(today),
    )
    assert judged(asking, Pivot.objects.get(), "helped").status_code == 400  # on the same day
    older = PivotFactory(goal=goal, decided_on=today - timedelta(days=9))
    assert judged(asking, older, "helped").json()["result"] == "helped"
    assert judged(asking, older, "worse").status_code == 400


def test_a_goal_that_is_over_takes_none(cast: Cast):
    goal = ClientGoalFactory(
        client=cast.client_a, starts_on=timezone.localdate() - timedelta(days=200)
    )
    assert Asking(cast.manager).post("pivots", goal=goal.pk, text="Late").status_code == 400
