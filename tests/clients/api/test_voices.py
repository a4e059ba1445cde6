"""Surveys, lights, costs and pitches over HTTP, with the rules that keep them honest."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from clients.models import TrafficLight
from godview.periods import WEEK, monday_of
from tests.api.asking import Asking
from tests.clients.api.test_writing import sentence
from tests.factories.cast import Cast, make_cast
from tests.factories.clients import ContactFactory
from tests.factories.voices import (
    CostFactory,
    CsiQuestionFactory,
    InvoiceFactory,
    SurveyRequestFactory,
    SurveyWaveFactory,
    TrafficLightFactory,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.time_machine(datetime(2026, 11, 19, 14, tzinfo=UTC), tick=False),
]


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def leader(cast: Cast) -> Asking:
    return Asking(cast.leader)


@pytest.fixture
def manager(cast: Cast) -> Asking:
    return Asking(cast.manager)


def test_a_person_is_asked_again_after_90_days_and_not_before(leader: Asking, cast: Cast):
    person = ContactFactory(client=cast.client_a, name="Marit Holm")
    spring, summer = SurveyWaveFactory(), SurveyWaveFactory()
    asked = {"wave": spring.pk, "contact": person.pk, "sent_on": "2026-03-01"}
    first = leader.post("survey-requests", **asked)
    assert first.status_code == 201
    soon = leader.post("survey-requests", **{**asked, "wave": summer.pk, "sent_on": "2026-05-29"})
    assert sentence(soon) == (
        "Marit Holm was asked on 1 Mar. Nobody is asked twice within 90 days: the next time "
        "is 30 May or later."
    )
    later = leader.post("survey-requests", **{**asked, "wave": summer.pk, "sent_on": "2026-05-30"})
    assert later.status_code == 201
    moved = leader.patch("survey-requests", later.json()["id"], sent_on="2026-05-01")
    assert "within 90 days" in sentence(moved)


def test_who_has_left_is_not_asked(leader: Asking, cast: Cast):
    gone = ContactFactory(client=cast.client_a, name="Marit Holm", left_on=date(2026, 2, 1))
    asked = {"wave": SurveyWaveFactory().pk, "contact": gone.pk, "sent_on": "2026-03-01"}
    assert "left on 1 Feb" in sentence(leader.post("survey-requests", **asked))


def test_an_answer_fits_its_question(manager: Asking, cast: Cast):
    person = ContactFactory(client=cast.client_a)
    nps = SurveyRequestFactory(contact=person)
    csi = SurveyRequestFactory(contact=person, wave=SurveyWaveFactory(kind="csi"))
    said = {"answered_on": "2026-10-07", "score": 9}
    assert manager.post("nps-answers", request=nps.pk, **said).status_code == 201
    assert "something else" in sentence(
        manager.post("nps-answers", request=csi.pk, **said), "request"
    )
    ahead = timezone.localdate() + timedelta(days=1)
    told = manager.post("nps-answers", request=nps.pk, answered_on=ahead, score=9)
    assert "today, or a day before" in sentence(told, "answered_on")
    question = CsiQuestionFactory(wave=csi.wave, highest=5)
    other = CsiQuestionFactory()
    rated = {"request": csi.pk, "answered_on": "2026-10-07"}
    assert "highest rating is 5" in sentence(
        manager.post("csi-answers", question=question.pk, score=6, **rated), "score"
    )
    assert "another round" in sentence(
        manager.post("csi-answers", question=other.pk, score=4, **rated), "question"
    )
    assert manager.post("csi-answers", question=question.pk, score=4, **rated).status_code == 201


def test_marking_a_week_again_adds_a_row_and_nothing_is_changed(manager: Asking, cast: Cast):
    monday = monday_of(timezone.localdate())
    week = {"client": cast.client_a.pk, "week_starts_on": monday}
    first = manager.post("traffic-lights", color="green", **week).json()
    again = manager.post("traffic-lights", color="red", note="short", **week).json()
    assert (first["lacks_note"], again["lacks_note"]) == (False, True)
    assert again["staff"] == cast.manager.staff.pk
    assert manager.patch("traffic-lights", first["id"], color="red").status_code == 403
    assert manager.delete("traffic-lights", first["id"]).status_code == 403
    assert TrafficLight.objects.as_they_stand().get().color == "red"
    ahead = manager.post("traffic-lights", color="red", **{**week, "week_starts_on": monday + WEEK})
    assert "when it has begun" in sentence(ahead, "week_starts_on")
    odd = manager.post("traffic-lights", color="blue", **week)
    assert odd.status_code == 400


def test_lights_of_some_weeks_and_invoices_that_were_late(leader: Asking, cast: Cast):
    for monday in (date(2026, 11, 2), date(2026, 11, 9)):
        TrafficLightFactory(client=cast.client_a, week_starts_on=monday)
    found = leader.get("traffic-lights", week="2026-11-09").json()["results"]
    assert [row["week_starts_on"] for row in found] == ["2026-11-09"]
    assert leader.get("traffic-lights", week_before="2026-11-09").json()["count"] == 1
    InvoiceFactory(client=cast.client_a, number="late", paid_on=date(2026, 10, 22))
    InvoiceFactory(client=cast.client_a, number="in time", paid_on=date(2026, 10, 15))
    late = leader.get("invoices", late_on="2026-10-20").json()["results"]
    assert [row["number"] for row in late] == ["late"]
    assert leader.get("invoices", late_on="2026-10-22").json()["count"] == 0
    assert leader.get("invoices", paid="false").json()["count"] == 0


def test_costs_are_for_those_who_answer_for_the_money(cast: Cast):
    CostFactory(client=cast.client_a)
    CostFactory(client=None, kind="event")
    assert Asking(cast.manager).get("costs").status_code == 403
    assert Asking(cast.director).get("costs").json()["count"] == 1
    accounting = Asking(cast.accounting)
    assert accounting.get("costs").json()["count"] == 2
    unnamed = accounting.post(
        "costs", spent_on="2026-10-01", kind="time", amount="5", currency="EUR"
    )
    assert "name it" in sentence(unnamed)


def test_a_client_knows_who_recommended_it_and_when_it_gave_notice(leader: Asking, cast: Cast):
    told = leader.patch("clients", cast.client_a.pk, referred_by=cast.client_b.pk, is_key=False)
    assert (told.json()["referred_by"], told.json()["is_key"]) == (cast.client_b.pk, False)
    assert leader.get("clients", referred_by=cast.client_b.pk).json()["count"] == 1
    engagement = leader.get("engagements", client=cast.client_a.pk).json()["results"][0]
    noticed = leader.patch("engagements", engagement["id"], notice_on="2026-11-02")
    assert noticed.json()["notice_on"] == "2026-11-02"
