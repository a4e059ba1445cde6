"""The early-warning score from facts, kept by night and replayed without looking ahead."""

from datetime import UTC, date, datetime, timedelta

import pytest

from metrics import scoring
from metrics.dashboards.early_warning import explained, scores_on
from metrics.dashboards.judge import judged_months, judgement_at
from metrics.dashboards.portfolio import all_lines
from metrics.dashboards.signs import signs_on
from metrics.formulas.activity import ActivityState
from metrics.formulas.ratio import Ratio
from metrics.formulas.warning_judge import Departure, ScoreReading
from metrics.memory import forget_all
from metrics.models import WarningScore
from metrics.queries.limits import limits_on
from metrics.queries.stamps import read_stamps, with_history
from tasks.models import WeeklyGoal
from tests.factories import voices
from tests.factories.cast import make_cast
from tests.factories.clients import (
    ContactFactory,
    EngagementFactory,
    ObligationFactory,
    TouchpointFactory,
)
from tests.factories.tasks import WeeklyGoalFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)
DAY = NOW.date()
MONDAY = date(2026, 11, 16)


@pytest.fixture
def cast():
    cast = make_cast()
    acme = cast.client_a
    TouchpointFactory(client=acme, happened_at=NOW - timedelta(days=17))
    for weeks, status in ((1, "met"), (2, "missed")):
        monday = MONDAY - timedelta(weeks=weeks)
        WeeklyGoalFactory(
            client=acme, manager=cast.manager.staff, week_starts_on=monday, status=status
        )
    voices.InvoiceFactory(client=acme, issued_on=DAY - timedelta(days=20), due_on=DAY, paid_on=None)
    for late in (True, False, False, False):
        asked = NOW - timedelta(days=9)
        answered = asked + timedelta(days=3 if late else 0, hours=1)
        ObligationFactory(client=acme, asked_at=asked, answered_at=answered)
    return cast


def score(client, day=DAY):
    forget_all()  # rows changed by a bulk update leave no line in the history
    stamps = read_stamps()
    return scores_on(all_lines(stamps, day), signs_on(stamps, day), limits_on(stamps, day), day)[
        client.pk
    ]


def test_each_sign_stands_beside_its_fact_and_what_is_unknown_is_not_zero(cast):
    found = score(cast.client_a)
    risks = {share.part.name: share.part.risk for share in found.shares}
    assert risks == {"inactivity": 0.8, "goals": 0.5, "client breach": 0.25, "payment": 0.0}
    assert {part.name for part in found.missing} == {"light", "nps", "activity"}
    assert found.value == pytest.approx(100 * (20 + 10 + 2.5) / 60)
    told = explained(found)
    assert told.sum == "32.50 ÷ 60 known weight × 100 = 54.2"
    assert "17 days since contact, limit 10" in [line.fact for line in told.lines]


@pytest.mark.parametrize("what", ["reds", "notice", "sponsor"])
def test_what_speaks_for_itself_lifts_the_score_to_70(cast, what):
    if what == "reds":
        for weeks in (1, 2):
            voices.TrafficLightFactory(
                client=cast.client_a,
                color="red",
                week_starts_on=MONDAY - timedelta(weeks=weeks),
                marked_at=NOW - timedelta(days=3),
            )
    elif what == "notice":
        cast.client_a.engagements.update(notice_on=DAY)
    else:
        ContactFactory(client=cast.client_a, decides=True, left_on=DAY - timedelta(days=10))
    found = score(cast.client_a)
    assert len(found.overrides) == 1
    assert found.value == pytest.approx(max(70, found.weighed))


def test_facts_of_later_days_change_nothing_of_an_earlier_score(cast):
    """Replayed without looking ahead."""
    earlier = DAY - timedelta(days=1)
    before = score(cast.client_a, earlier)
    client = cast.client_a
    TouchpointFactory(client=client, happened_at=NOW)
    TouchpointFactory(client=client, happened_at=NOW, direction="inbound", channel="email")
    voices.TrafficLightFactory(
        client=client, color="red", week_starts_on=MONDAY - timedelta(weeks=1), marked_at=NOW
    )
    voices.NpsAnswerFactory(request__contact__client=client, answered_on=DAY, score=0)
    ContactFactory(client=client, decides=True, left_on=DAY)
    client.engagements.update(notice_on=DAY, ended_on=DAY + timedelta(days=5))
    client.invoices.update(paid_on=DAY)
    ObligationFactory(client=client, asked_at=NOW - timedelta(hours=2), due_at=NOW)
    assert score(cast.client_a, earlier) == before
    assert score(cast.client_a) != before


def test_a_kept_score_is_the_live_one_and_counting_again_adds_no_row(cast):
    scoring.keep_scores(DAY)
    scoring.keep_scores(DAY)
    kept = WarningScore.objects.get(client=cast.client_a)
    assert kept.score == pytest.approx(score(cast.client_a).value)
    assert {part["name"] for part in kept.parts if "name" in part} >= {"inactivity", "nps"}
    assert WarningScore.objects.count() == 2


def test_a_replay_fills_what_is_missing_and_leaves_what_was_kept(cast):
    WarningScore.objects.create(client=cast.client_a, as_of=DAY - timedelta(days=7), score=99)
    scoring.replay(DAY, weeks=3)
    days = WarningScore.objects.filter(client=cast.client_a).order_by("as_of")
    assert [(DAY - row.as_of).days for row in days] == [21, 14, 7]
    assert days.last().score == 99


def test_the_judge_counts_a_loss_that_was_green_as_a_watermelon(cast):
    for back in (100, 70, 40, 10):
        day = date(2026, 10, 31) - timedelta(days=back)
        WarningScore.objects.create(client=cast.client_a, as_of=day, score=20)
        WarningScore.objects.create(client=cast.client_b, as_of=day, score=80)
    for client in (cast.client_a, cast.client_b):
        client.engagements.update(ended_on=date(2026, 10, 25))
        EngagementFactory(client=client, started_on=date(2026, 11, 5))
    month = judged_months(read_stamps(), DAY).months[0]
    assert month.ends_on == date(2026, 10, 31)
    assert (month.precision.counts, month.recall.counts) == ("1 of 1", "1 of 2")
    assert month.watermelon.counts == "1 of 2"
    assert month.watermelon.small


def test_a_loss_early_in_the_year_is_held_against_the_warnings_before_it():
    end = date(2026, 10, 1)
    warned = [ScoreReading("A", end - timedelta(days=days), 90) for days in (420, 390)]
    found = judgement_at(warned, [Departure("A", end - timedelta(days=360))], end)
    assert (found.recall, found.lead_days) == (Ratio(1, 1), (60,))
    assert (found.watermelon, found.precision) == (Ratio(0, 1), Ratio(0, 0))


def test_a_goal_marked_as_met_later_was_not_met_yet(cast):
    day = DAY - timedelta(days=1)
    before = score(cast.client_a, day)
    late = WeeklyGoal.objects.get(status="missed")
    late.status, late.closed_at = "met", NOW
    late.save()
    assert score(cast.client_a, day) == before
    assert score(cast.client_a) != before


def test_a_client_of_five_weeks_is_still_learned_whatever_it_did(cast):
    """The empty weeks before it came are no weeks of its own."""
    young = cast.client_a
    young.engagements.update(started_on=MONDAY - timedelta(weeks=5))
    for week in range(2, 6):
        for number in range(10):
            TouchpointFactory(client=young, happened_at=NOW - timedelta(weeks=week, hours=number))
    forget_all()
    assert signs_on(read_stamps(), DAY).activity[young.pk].state is ActivityState.LEARNING
    young.engagements.update(started_on=MONDAY - timedelta(weeks=30))
    forget_all()
    assert signs_on(read_stamps(), DAY).activity[young.pk].state is ActivityState.DROP


def test_a_replay_leaves_out_what_was_entered_or_corrected_after_the_day(cast):
    entered = NOW - timedelta(days=60)
    for model in with_history():
        model.history.all().update(history_date=entered)  # type: ignore[attr-defined]
    late = NOW - timedelta(days=16)  # a call, written down only today
    TouchpointFactory(client=cast.client_a, happened_at=late)
    scoring.replay(DAY, weeks=1)
    assert inactivity_kept(cast.client_a).startswith("10 days since contact")
    WarningScore.objects.all().delete()
    for model in with_history():
        model.history.all().update(history_date=NOW)  # type: ignore[attr-defined]
    scoring.replay(DAY, weeks=1)  # imported with its past: the dates of the facts count
    assert inactivity_kept(cast.client_a).startswith("9 days since contact")


def inactivity_kept(client):
    [kept] = WarningScore.objects.filter(client=client)
    [reason] = [part["reason"] for part in kept.parts if part.get("name") == "inactivity"]
    return reason
