"""Help over the API: asked by whoever sends it, given by somebody else."""

import pytest

from tasks.models import HelpRequest
from tests.api.asking import Asking
from tests.factories.cast import Cast, make_cast
from tests.factories.clients import ClientGoalFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_it_is_asked_for_and_given(cast: Cast):
    goal = ClientGoalFactory(client=cast.client_a)
    said = {"client": cast.client_a.pk, "client_goal": goal.pk, "text": "Who knows feeds?"}
    made = Asking(cast.manager).post("help-requests", **said)
    assert made.status_code == 201, made.content
    assert made.json()["asked_by"] == cast.manager.staff.pk
    row = HelpRequest.objects.get()
    url, answer = f"/api/v1/help-requests/{row.pk}/give/", {"answer": "Sent mine."}
    own = Asking(cast.manager).browser.post(url, answer, content_type="application/json")
    assert own.status_code == 400
    given = Asking(cast.director).browser.post(url, answer, content_type="application/json")
    assert given.json()["given_by"] == cast.director.staff.pk


def test_it_names_one_goal_of_that_client(cast: Cast):
    foreign = ClientGoalFactory(client=cast.client_b)
    asking = Asking(cast.leader)
    without = asking.post("help-requests", client=cast.client_a.pk, text="Help")
    assert without.status_code == 400
    other = {"client": cast.client_a.pk, "client_goal": foreign.pk, "text": "Help"}
    assert asking.post("help-requests", **other).status_code == 400
    assert not HelpRequest.objects.exists()
