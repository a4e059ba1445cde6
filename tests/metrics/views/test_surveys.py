"""The page of surveys: for whom, what it counts, and that nobody is asked twice within 90 days."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from clients.models import CsiAnswer, NpsAnswer, SurveyRequest, SurveyWave
from tests.factories.cast import make_cast
from tests.factories.clients import ContactFactory
from tests.factories.voices import (
    CsiAnswerFactory,
    CsiQuestionFactory,
    NpsAnswerFactory,
    SurveyRequestFactory,
    SurveyWaveFactory,
)

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def _thursday_of_week_47():
    with time_machine.travel(THURSDAY, tick=False):
        yield


@pytest.fixture
def cast():
    return make_cast()


def sent(user, address="/surveys/", fields=None, status=None):
    browser = Browser()
    browser.force_login(user, backend=BACKEND)
    answer = browser.get(address) if fields is None else browser.post(address, fields)
    assert answer.status_code == (status or (200 if fields is None else 302)), answer.content
    return answer


def words(answer) -> str:
    return " ".join(answer.content.decode().replace("&#x27;", "'").split())


def asked(client, name="Marit Holm", **more):
    return SurveyRequestFactory(contact=ContactFactory(client=client, name=name), **more)


def test_a_round_tells_who_answered_what_came_out_and_how_sure_that_is(cast):
    wave = SurveyWaveFactory(name="NPS 2026")
    scores = [9] * 11 + [7] * 5 + [3] * 4
    for number, score in enumerate(scores):
        NpsAnswerFactory(request=asked(cast.client_a, f"P{number}", wave=wave), score=score)
    asked(cast.client_b, "Silent", wave=wave)
    said = words(sent(cast.manager))
    assert "1 round of asking" in said
    assert "95%, 20 of 21" in said
    assert "<b>+35</b>" in said
    assert "+0 to +70" in said
    assert "0 counting each client once" in said  # the mean of Acme's people is 7.3
    round_page = words(sent(cast.manager, f"/surveys/{wave.pk}/"))
    assert "NPS 2026: +35" in round_page
    assert "20 of 21 are yours to see" in round_page
    assert "Silent" not in round_page


def test_satisfaction_is_the_mean_over_clients_and_names_what_is_weakest(cast):
    wave = SurveyWaveFactory(kind="csi", name="CSI 2026")
    request = asked(cast.client_a, wave=wave)
    for aspect, weight, score in (("quality", 5, 4), ("speed", 3, 3), ("contact", 4, 5)):
        question = CsiQuestionFactory(wave=wave, aspect=aspect, weight=weight)
        CsiAnswerFactory(request=request, question=question, score=score)
    assert "<b>81.7%</b>" in words(sent(cast.manager))
    said = words(sent(cast.manager, f"/surveys/{wave.pk}/"))
    assert said.index('row">speed') < said.index('row">quality') < said.index('row">contact')


def test_a_leader_starts_a_round_and_asks_but_nobody_twice_within_90_days(cast):
    person = ContactFactory(client=cast.client_a, name="Marit Holm", decides=True)
    rested = ContactFactory(client=cast.client_b, name="Bo Lind", decides=True)
    SurveyRequestFactory(contact=person, sent_on=date(2026, 9, 1))
    fields = {"kind": "nps", "name": "NPS winter", "opened_on": "2026-11-19"}
    started = sent(cast.leader, fields=fields)
    wave = SurveyWave.objects.get(name="NPS winter")
    assert started["Location"] == f"/surveys/{wave.pk}/"
    fields = {"contact": person.pk, "sent_on": "2026-11-19"}
    refused = words(sent(cast.leader, f"/surveys/{wave.pk}/ask/", fields, status=422))
    assert "Marit Holm was asked on 1 Sep. Nobody is asked twice within 90 days" in refused
    everybody = sent(cast.leader, f"/surveys/{wave.pk}/ask-all/", {})
    assert [one.contact for one in wave.requests.all()] == [rested]
    browser = everybody.client
    said = words(browser.get(everybody["Location"]))
    assert "1 person noted as asked today. 1 asked less than 90 days ago, and left out." in said
    later = {"contact": person.pk, "sent_on": "2026-11-30"}
    sent(cast.leader, f"/surveys/{wave.pk}/ask/", later)
    assert wave.requests.count() == 2


def test_the_same_name_for_a_round_is_refused_in_words(cast):
    SurveyWaveFactory(name="NPS 2026")
    fields = {"kind": "nps", "name": "NPS 2026", "opened_on": "2026-11-19"}
    assert "choose another one" in words(sent(cast.leader, fields=fields, status=422))


def test_a_manager_records_a_score_and_the_last_one_counts(cast):
    request = asked(cast.client_a)
    address = f"/surveys/answers/{request.pk}/"
    sent(cast.manager, address)
    sent(cast.manager, address, {"score": "4", "answered_on": "2026-10-06", "comment": "Slow"})
    sent(cast.manager, address, {"score": "9", "answered_on": "2026-10-20"})
    assert [one.score for one in NpsAnswer.objects.order_by("pk")] == [4, 9]
    assert "<b>+100</b>" in words(sent(cast.manager))
    for score, day, why in (
        ("11", "2026-10-20", "less than or equal to 10"),
        ("9", "2026-10-01", "before the question"),
        ("9", "2026-11-20", "today, or a day before"),
    ):
        refused = sent(cast.manager, address, {"score": score, "answered_on": day}, status=422)
        assert why in words(refused)


def test_ratings_are_recorded_and_put_right(cast):
    wave = SurveyWaveFactory(kind="csi")
    sent(
        cast.leader,
        f"/surveys/{wave.pk}/questions/",
        {"aspect": "speed", "weight": 3, "highest": 5},
    )
    again = {"aspect": "speed", "weight": 3, "highest": 5}
    refused = sent(cast.leader, f"/surveys/{wave.pk}/questions/", again, status=422)
    assert "asks about that already" in words(refused)
    request, speed = asked(cast.client_a, wave=wave), wave.questions.get()
    other = CsiQuestionFactory(wave=wave, aspect="quality")
    address, day = f"/surveys/answers/{request.pk}/", {"answered_on": "2026-10-20"}
    assert "at least one rating" in words(sent(cast.manager, address, day, status=422))
    for score in (3, 4):
        sent(cast.manager, address, {f"question-{speed.pk}": score, **day})
    answer = CsiAnswer.objects.get()
    assert (answer.question, answer.score) == (speed, 4)
    too_high = {f"question-{other.pk}": 6, **day}
    assert "less than or equal to 5" in words(sent(cast.manager, address, too_high, status=422))


@pytest.mark.parametrize("person", ["designer", "salesperson", "marketing", "accounting", "left"])
def test_to_others_the_page_is_not_there(cast, person):
    wave = asked(cast.client_a).wave
    for address in ("/surveys/", f"/surveys/{wave.pk}/"):
        sent(cast.person(person), address, status=404)
    sent(cast.person(person), f"/surveys/{wave.pk}/ask-all/", {}, status=404)


def test_a_manager_starts_no_round_and_asks_nobody(cast):
    wave = SurveyWaveFactory()
    assert "Start a round" not in words(sent(cast.manager))
    for address in ("/surveys/", f"/surveys/{wave.pk}/ask/", f"/surveys/{wave.pk}/ask-all/"):
        sent(cast.manager, address, {"name": "Mine"}, status=403)
    assert not SurveyRequest.objects.exists()


def test_a_person_of_a_foreign_client_does_not_exist(cast):
    foreign = asked(cast.client_b)
    sent(cast.manager, f"/surveys/answers/{foreign.pk}/", status=404)
    fields = {"score": "4", "answered_on": "2026-10-06"}
    sent(cast.manager, f"/surveys/answers/{foreign.pk}/", fields, status=404)
    wave = SurveyWaveFactory()
    ask = {"contact": foreign.contact_id, "sent_on": "2026-11-19"}
    sent(cast.director, f"/surveys/{wave.pk}/ask/", ask, status=422)
    assert SurveyRequest.objects.count() == 1


def test_more_people_cost_no_more_queries(cast):
    wave = SurveyWaveFactory()
    addresses = ("/surveys/", f"/surveys/{wave.pk}/")
    counts: list[int] = []
    sent(cast.leader, addresses[0])  # the menu's count is kept from here on
    for size in (2, 12):
        for number in range(size):
            NpsAnswerFactory(request=asked(cast.client_a, f"P{size} {number}", wave=wave))
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                sent(cast.leader, address)
            counts.append(len(queries))
    assert counts[2:] == counts[:2]
