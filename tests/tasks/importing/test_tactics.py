import pytest

from tasks.importing.tactics import TACTICS
from tasks.models import Tactic
from tests.clients.importing.files import imported, sentences
from tests.factories.clients import ClientFactory, StaffFactory

pytestmark = pytest.mark.django_db

FILE = """
    client,manager,name,started_on,ended_on,outcome,metric,threshold,window_days
    C1,S1,Call-only ads,2026-09-01,2026-10-01,Won,CPA,−10 %,30
    C1,,Lookalikes,2026-10-01,,,,,
"""


@pytest.fixture(autouse=True)
def agency():
    ClientFactory(external_id="C1")
    StaffFactory(external_id="S1")


def test_tactics_are_written_once():
    assert imported(TACTICS, FILE).new == 2
    assert imported(TACTICS, FILE).unchanged == 2
    assert list(Tactic.objects.order_by("name").values_list("outcome", flat=True)) == [
        "win", "running",
    ]  # fmt: skip


def test_a_verdict_needs_the_day_of_the_verdict():
    report = imported(TACTICS, FILE.replace("2026-10-01,,,", "2026-10-01,,lost,"))
    assert sentences(report) == ["line 3: A verdict needs the day on which the tactic ended."]


def test_a_verdict_is_entered_later():
    imported(TACTICS, FILE)
    report = imported(TACTICS, FILE.replace("2026-10-01,,,", "2026-10-01,2026-11-01,loss,"))
    assert report.changed == 1
    assert Tactic.objects.get(name="Lookalikes").outcome == "loss"


@pytest.mark.parametrize(
    ("was", "becomes"),
    [("−10 %", "−5 %"), ("2026-10-01,,,,,", "2026-10-01,,,CTR,+5 %,14")],
)
def test_the_rule_cannot_be_changed_or_added_afterwards(was, becomes):
    imported(TACTICS, FILE)
    report = imported(TACTICS, FILE.replace(was, becomes))
    assert "The verdict rule is fixed when a tactic is entered" in sentences(report)[0]
    assert Tactic.history.count() == 2


def test_a_window_is_a_number_of_days():
    report = imported(TACTICS, FILE.replace("−10 %,30", "−10 %,a month"))
    assert "line 2, window_days “a month”: “a month” is not a number" in sentences(report)[0]
