"""What clients say, and how their weeks went, belongs to whoever had them then."""

from datetime import UTC, date, datetime

import pytest

from clients.models import Client, Pod
from metrics.queries.scopes import Scope
from tests.factories.clients import AssignmentFactory, ContactFactory, PodFactory
from tests.factories.voices import (
    CsiAnswerFactory,
    CsiQuestionFactory,
    NpsAnswerFactory,
    SurveyRequestFactory,
    SurveyWaveFactory,
    TrafficLightFactory,
)
from tests.metrics.histories import client, measure, value

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 6, 8)


@pytest.fixture
def moved() -> Client:
    """A client that Cobalt handed to Ember on a Monday."""
    row = client("Moved")
    AssignmentFactory(client=row, pod=PodFactory(name="Cobalt"), ended_on=MONDAY)
    AssignmentFactory(client=row, pod=PodFactory(name="Ember"), started_on=MONDAY)
    return row


def pod(name: str) -> Scope:
    row = Pod.objects.get(name=name)
    return Scope("pod", row.pk, row.name)


def test_an_answer_counts_for_the_pod_whose_client_was_asked(moved: Client):
    person, asked_on = ContactFactory(client=moved), date(2026, 6, 5)
    nps, csi = SurveyWaveFactory(kind="nps"), SurveyWaveFactory(kind="csi")
    asked = SurveyRequestFactory(wave=nps, contact=person, sent_on=asked_on)
    NpsAnswerFactory(request=asked, answered_on=date(2026, 6, 12), score=10)
    rated = SurveyRequestFactory(wave=csi, contact=person, sent_on=asked_on)
    question = CsiQuestionFactory(wave=csi)
    CsiAnswerFactory(request=rated, question=question, answered_on=date(2026, 6, 12), score=4)
    found = measure("nps_response_rate", scope=pod("Cobalt"))
    assert (found.part, found.whole) == (1, 1)
    assert value("nps", scope=pod("Cobalt")) == 100
    assert value("csi", scope=pod("Cobalt")) == 0.8
    assert measure("nps", scope=pod("Ember")).reason.startswith("nobody was asked")


def test_the_light_of_a_week_counts_for_the_pod_that_had_the_client_on_its_sunday(moved: Client):
    for monday, color in ((date(2026, 6, 1), "red"), (MONDAY, "green")):
        TrafficLightFactory(
            client=moved,
            week_starts_on=monday,
            color=color,
            marked_at=datetime(2026, 6, 15, 9, tzinfo=UTC),
        )
    red, green = (measure("traffic_light_index", scope=pod(name)) for name in ("Cobalt", "Ember"))
    assert (red.value, red.whole) == (-1, 1)
    assert (green.value, green.whole) == (1, 1)
    assert measure("traffic_light_coverage", scope=pod("Cobalt")).whole == 1
