"""Surveys, lights, costs and refusals from files: what rows mean, and what is refused."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from clients import models
from clients.importing.changes import PROCESS_CHANGES
from clients.importing.clients import CLIENTS
from clients.importing.lights import TRAFFIC_LIGHTS
from clients.importing.offers import REFUSALS, SERVICES
from clients.importing.ratings import CSI_ANSWERS
from clients.importing.segments import SEGMENT_RULES
from clients.importing.spending import CAPACITIES, COSTS, INVOICES
from clients.importing.surveys import SURVEYS
from tests.clients.importing.files import imported, sentences
from tests.clients.importing.test_kinds import twice
from tests.factories.clients import ClientFactory, ContactFactory, StaffFactory

pytestmark = pytest.mark.django_db

ASKED = "wave,kind,client,person,sent_on,answered_on,score,comment\n"
LIGHT = "client,week_starts_on,color,note\n"


@pytest.fixture(autouse=True)
def agency():
    client = ClientFactory(external_id="C1", name="Halden Dental")
    StaffFactory(external_id="S1")
    ContactFactory(client=client, name="Marit Holm")


def test_a_survey_makes_its_round_and_keeps_the_answer():
    twice(SURVEYS, ASKED + "NPS 2026,nps,C1,marit holm,2026-10-05,2026-10-07,9,Quick help\n")
    answer = models.NpsAnswer.objects.get()
    assert (answer.score, answer.request.wave.kind) == (9, "nps")
    assert answer.request.wave.opened_on == date(2026, 10, 5)


def test_a_later_answer_in_a_round_is_another_one_and_the_same_day_is_a_correction():
    row = "NPS 2026,nps,C1,Marit Holm,2026-10-05,"
    imported(SURVEYS, ASKED + row + "2026-10-07,9,\n")
    assert imported(SURVEYS, ASKED + row + "2026-10-07,8,\n").changed == 1
    assert imported(SURVEYS, ASKED + row + "2026-10-20,4,\n").changed == 1
    scores = models.NpsAnswer.objects.order_by("answered_on").values_list("score", flat=True)
    assert list(scores) == [8, 4]


def test_nobody_is_asked_twice_within_90_days_in_one_file_or_in_two():
    first = "NPS spring,nps,C1,Marit Holm,2026-03-01,,,\n"
    soon = "NPS summer,nps,C1,Marit Holm,2026-05-29,,,\n"
    refusal = "Marit Holm was asked on 2026-03-01. Nobody is asked twice within 90 days."
    assert sentences(imported(SURVEYS, ASKED + first + soon)) == [f"line 3: {refusal}"]
    assert models.SurveyRequest.objects.count() == models.SurveyWave.objects.count() == 0
    imported(SURVEYS, ASKED + first)
    assert sentences(imported(SURVEYS, ASKED + soon)) == [f"line 2: {refusal}"]
    csi = soon.replace("nps", "csi")
    assert imported(SURVEYS, ASKED + csi).ok
    assert imported(SURVEYS, ASKED + soon.replace("05-29", "05-30")).ok


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("R,nps,C1,Nobody,2026-10-05,,,", "has no contact “Nobody”"),
        ("R,nps,C1,Marit Holm,2026-10-05,2026-10-07,11,", "from 0 to 10"),
        ("R,nps,C1,Marit Holm,2026-10-05,,7,", "needs both"),
        ("R,nps,C1,Marit Holm,2026-10-05,2026-10-04,7,", "before the question"),
        ("R,csi,C1,Marit Holm,2026-10-05,2026-10-07,7,", "csi_answers"),
    ],
)
def test_an_odd_survey_row_is_refused_in_words(row, sentence):
    assert sentence in sentences(imported(SURVEYS, ASKED + row + "\n"))[0]


def test_ratings_make_their_questions_with_their_weights():
    imported(SURVEYS, ASKED + "CSI 2026,csi,C1,Marit Holm,2026-06-01,,,\n")
    twice(
        CSI_ANSWERS,
        """
        wave,client,person,question,answered_on,score,weight,highest
        CSI 2026,C1,Marit Holm,quality,2026-06-03,4,5,5
        CSI 2026,C1,Marit Holm,speed,2026-06-03,3,3,5
        """,
    )
    assert set(models.CsiQuestion.objects.values_list("aspect", "weight")) == {
        ("quality", 5), ("speed", 3),
    }  # fmt: skip
    again = "wave,client,person,question,answered_on,score,weight\n"
    other = imported(CSI_ANSWERS, again + "CSI 2026,C1,Marit Holm,speed,2026-06-03,3,4\n")
    assert "It is 3 in this round" in sentences(other)[0]
    too_high = imported(CSI_ANSWERS, again + "CSI 2026,C1,Marit Holm,speed,2026-06-03,6,\n")
    assert "The highest rating is 5." in sentences(too_high)[0]


def test_ratings_of_somebody_who_was_not_asked_are_refused():
    file = "wave,client,person,question,answered_on,score\nCSI,C1,Marit Holm,speed,2026-06-03,3\n"
    assert "There is no CSI round “CSI”" in sentences(imported(CSI_ANSWERS, file))[0]
    models.SurveyWave.objects.create(kind="csi", name="CSI", opened_on=date(2026, 6, 1))
    assert "was not asked in “CSI”" in sentences(imported(CSI_ANSWERS, file))[0]


def test_a_light_without_a_moment_was_marked_when_its_week_was_over(settings):
    settings.TIME_ZONE = "UTC"
    twice(TRAFFIC_LIGHTS, LIGHT + "C1,2026-11-02,G,\nC1,2026-11-09,amber,\n")
    light = models.TrafficLight.objects.get(color="green")
    assert light.marked_at == datetime(2026, 11, 8, 23, 59, 59, tzinfo=UTC)
    assert not light.is_late


def test_another_colour_for_a_marked_week_is_another_marking_and_counts():
    imported(TRAFFIC_LIGHTS, LIGHT + "C1,2026-11-02,green,\n")
    report = imported(TRAFFIC_LIGHTS, LIGHT + "C1,2026-11-02,red,The form broke\n")
    assert (report.new, report.changed) == (1, 0)
    assert models.TrafficLight.objects.as_they_stand().get().color == "red"


def test_a_marking_is_never_changed_nor_made_ahead():
    file = "client,week_starts_on,color,marked_at\nC1,2026-11-02,{},2026-11-06 16:00\n"
    imported(TRAFFIC_LIGHTS, file.format("green"))
    assert (
        "says something else already" in sentences(imported(TRAFFIC_LIGHTS, file.format("red")))[0]
    )
    ahead = imported(TRAFFIC_LIGHTS, LIGHT + "C1,2026-11-23,green,\n")
    assert "when it has begun" in sentences(ahead)[0]
    assert "Monday" in sentences(imported(TRAFFIC_LIGHTS, LIGHT + "C1,2026-11-10,green,\n"))[0]


def test_costs_of_one_client_and_of_all_of_them():
    twice(
        COSTS,
        """
        client,spent_on,kind,amount,currency,hours,note
        C1,2026-10-31,Work,2150,eur,43,
        C1,2026-10-31,ad spend,800.50,EUR,,Google
        ,2026-10-31,overhead,600,EUR,,
        """,
    )
    assert models.Cost.objects.get(client=None).amount == Decimal(600)
    told = imported(COSTS, "client,spent_on,kind,amount,currency\n,2026-10-31,time,5,EUR\n")
    assert "spent on one client: name it" in sentences(told)[0]


def test_capacities_invoices_services_and_refusals():
    twice(CAPACITIES, "client,starts_on,amount,currency\nC1,2026-01-01,120000,EUR\n")
    twice(
        INVOICES,
        "client,number,issued_on,due_on,paid_on,amount,currency\nC1,7,2026-10-01,2026-10-15,,6400,EUR\n",
    )
    twice(SERVICES, "name,offered_from\nPPC,\nSEO,2024-01-01\n")
    twice(
        REFUSALS,
        "client,refused_on,reason,brand,capacity,pitch\nC1,2026-03-12,too expensive,5,3,4\n",
    )
    assert models.Refusal.objects.get().reason == "price"
    backwards = "client,number,issued_on,due_on,amount,currency\nC1,8,2026-10-01,2026-09-15,1,EUR\n"
    assert "due on the day it is issued" in sentences(imported(INVOICES, backwards))[0]
    mark = "client,refused_on,brand\nC1,2026-04-01,6\n"
    assert "less than or equal to 5" in sentences(imported(REFUSALS, mark))[0]


def test_rules_of_segments_are_known_by_code_or_by_the_usual_names():
    twice(
        SEGMENT_RULES, "code,rule\n551,Propose more\nCash cows,Keep it good\n11,Rest\n"
    )  # a spreadsheet wrote 011 as 11
    told = dict(models.SegmentRule.objects.values_list("code", "rule"))
    assert told == {"551": "Propose more", "cow": "Keep it good", "011": "Rest"}
    assert imported(SEGMENT_RULES, "code,rule\n551,Perhaps drop\n").changed == 1
    assert "is no segment" in sentences(imported(SEGMENT_RULES, "code,rule\n561,No\n"))[0]


def test_changes_of_process_are_dated_and_named():
    twice(PROCESS_CHANGES, "happened_on,title,note\n2026-03-02,Goals are locked,Asked for\n")
    change = models.ProcessChange.objects.get()
    assert (change.happened_on, change.note) == (date(2026, 3, 2), "Asked for")


def test_a_client_may_be_recommended_by_one_that_comes_later_in_the_file():
    file = """
        external_id,name,is_key,referred_by
        C2,Northbay Legal,no,C3
        C3,Casa Lumen,,C1
        """
    twice(CLIENTS, file)
    northbay = models.Client.objects.get(external_id="C2")
    assert (northbay.is_key, northbay.referred_by.external_id) == (False, "C3")
    wrong = imported(CLIENTS, "external_id,name,referred_by\nC4,Four,C9\nC5,Five,C5\n")
    assert [line.split(": ", 1)[1] for line in sentences(wrong)] == [
        "There is no client with the external_id “C9”. Correct it, or put the client into the "
        "file.",
        "A client does not recommend us to itself.",
    ]
