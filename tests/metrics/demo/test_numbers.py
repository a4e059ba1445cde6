"""`manage.py metrics` on the demo agency against the same numbers counted by hand."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from random import Random
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from clients.models import User
from godview.demo.agency import DemoAgency
from godview.periods import closed_months, trailing
from metrics.dashboards.numbers import compute
from metrics.dashboards.past import Moment
from metrics.dashboards.snapshots import keep, kept, kept_keys
from metrics.queries.scopes import AGENCY
from tasks.models import AsanaConnection
from tasks.sync.asking import ask_for_run
from tasks.sync.run import work_on
from tasks.sync.start import usual_means
from tests.asana_double.server import AsanaDouble
from tests.metrics.demo.by_hand import ByHand
from tests.metrics.views.browsing import opened, words

TODAY = date(2026, 11, 19)
SIZE = {"clients": 40, "months": 18, "seed": 1}
DAYS = ("2026-11-19", "2026-09-01", "2026-05-04")

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[ByHand]:
    """The demo agency, entered through import and sync; and the files it came from."""
    agency = DemoAgency(**SIZE, today=TODAY)
    files = {kind: agency.csv(kind) for kind in agency.files}
    with django_db_blocker.unblock(), transaction.atomic(), AsanaDouble() as double:
        with override_settings(ASANA_BASE_URL=double.url):
            call_command("seed_demo", **SIZE, today=TODAY, stdout=StringIO())
            connection = AsanaConnection.objects.get()
            work_on(ask_for_run(connection, timezone.now()).pk, usual_means())
        yield ByHand(files, agency.work.as_json(), TODAY)
        transaction.set_rollback(True)


def told(*arguments: str) -> dict[str, Any]:
    out = StringIO()
    call_command("metrics", "--format", "json", *arguments, stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture(scope="module", params=DAYS)
def both(request: Any, demo: ByHand) -> tuple[dict[str, Any], ByHand, str, str]:
    """What the command says of a day and the quarter before it, and the hand that counts."""
    answer = told("--as-of", request.param, "--period", "quarter")
    start, end = answer["_context"]["period"].split("..")
    assert end == request.param
    return answer, demo, start, end


def counts(measure: dict[str, Any]) -> tuple[Any, Any]:
    return measure["part"], measure["whole"]


def test_a_loss_that_was_told_late_was_not_known_when_the_month_was_closed(demo: ByHand):
    year = trailing("year", date(2026, 11, 1))
    keys = ["clients_lost", "clients_active", "weekly_goal_hit_rate"]
    then = compute(AGENCY, year, year.end, keys, known_on=year.end)
    now = compute(AGENCY, year, year.end, keys)
    assert (then["clients_lost"].value or 0) < (now["clients_lost"].value or 0)
    assert (then["clients_active"].value or 0) > (now["clients_active"].value or 0) > 20
    assert then["weekly_goal_hit_rate"] == now["weekly_goal_hit_rate"]


def test_who_is_served_and_who_was_kept(both):
    answer, hand, start, end = both
    assert answer["clients_active"]["value"] == sum(hand.served(c, end) for c in hand.clients)
    assert counts(answer["client_retention_rate"]) == hand.kept(start, end)
    won, back, lost = hand.came_and_went(start, end)
    assert answer["clients_gained"]["value"] == won
    assert answer["clients_returned"]["value"] == back
    assert answer["clients_lost"]["value"] == lost
    stayed, there = hand.kept(start, end)
    assert answer["logo_churn_rate"]["value"] == pytest.approx(1 - stayed / there)


def test_what_they_pay(both):
    answer, hand, _, end = both
    assert answer["mrr"]["value"] == pytest.approx(float(hand.mrr(end)), abs=0.01)
    fee = hand.mrr(end) / hand.payers(end)
    assert answer["arpa"]["value"] == pytest.approx(float(fee), abs=0.01)


def test_how_the_fees_moved(both):
    answer, hand, start, end = both
    moved = hand.movements(start, end)
    for line in ("churned", "contraction", "expansion", "paused"):
        found = answer[f"mrr_{line}"]["value"]
        assert found == pytest.approx(float(moved[line]), abs=0.01), line
    lost = moved["churned"] + moved["contraction"]
    assert answer["gross_revenue_churn_rate"]["value"] == pytest.approx(lost / moved["start"])
    assert answer["grr"]["value"] == pytest.approx(moved["kept"] / moved["start"])
    assert answer["nrr"]["value"] == pytest.approx(moved["paid by the same"] / moved["start"])


def test_the_lines_explain_the_whole_change(both):
    answer = both[0]
    line = {key: answer[f"mrr_{key}"]["value"] for key in LINES}
    gains = line["new"] + line["reactivation"] + line["expansion"] + line["resumed"] + line["fx"]
    losses = line["contraction"] + line["churned"] + line["paused"]
    assert line["at_start"] + gains - losses == pytest.approx(line["at_end"], abs=0.05)
    assert line["transferred"] == 0


LINES = [
    "at_start",
    "new",
    "reactivation",
    "expansion",
    "contraction",
    "churned",
    "paused",
    "resumed",
    "fx",
    "transferred",
    "at_end",
]


def test_how_long_they_stay_and_what_that_is_worth(both):
    answer, hand, _, end = both
    months = closed_months(date.fromisoformat(end), 6)
    kept = [hand.kept(month.start.isoformat(), month.end.isoformat()) for month in months]
    churn = sum(1 - stayed / there for stayed, there in kept) / 6
    if not churn:
        assert answer["lifetime_months"]["value"] is None
        assert answer["ltv_revenue"]["reason"].startswith("nobody left")
        return
    assert answer["lifetime_months"]["value"] == pytest.approx(1 / churn)
    worth = float(hand.mrr(end) / hand.payers(end)) / churn
    assert answer["ltv_revenue"]["value"] == pytest.approx(worth, abs=0.01)
    known = [row for row in hand.files["gross_margins"] if row["starts_on"] <= end]
    margin = float(max(known, key=lambda row: row["starts_on"])["share"])
    assert answer["ltv_margin"]["value"] == pytest.approx(worth * margin, abs=0.01)


def test_how_long_they_have_not_heard_from_us(both):
    answer, hand, _, end = both
    waits = hand.waits(end)
    assert counts(answer["days_since_contact_mean"]) == (sum(waits), len(waits))
    assert answer["days_since_contact_max"]["value"] == max(waits)
    over = sum(wait > 10 for wait in waits)
    assert answer["clients_over_contact_standard"]["value"] == over


def test_weekly_goals_tactics_and_tasks(both):
    answer, hand, start, end = both
    assert counts(answer["weekly_goal_hit_rate"]) == hand.weekly_goals(start, end)
    verdicts = hand.tactics(start, end)
    decided = verdicts["win"] + verdicts["loss"]
    assert counts(answer["tactic_win_rate"]) == (verdicts["win"], decided)
    assert answer["tactic_win_loss_ratio"]["part"] in (verdicts["win"], None)
    on_time, due = hand.tasks(start, end)
    if due:
        assert counts(answer["on_time_rate"]) == (on_time, due)
    else:
        assert answer["on_time_rate"]["value"] is None


def test_the_story_of_the_demo_is_in_the_numbers(demo):
    answer = told("--as-of", TODAY.isoformat(), "--period", "quarter")
    assert answer["clients_active"]["value"] == SIZE["clients"]
    assert answer["on_time_rate"]["whole"] > 500
    assert answer["weekly_goal_hit_rate"]["value"] > 0.7
    assert settings.REPORTING_CURRENCY == answer["_context"]["currency"] == "EUR"


def test_pods_add_up_to_the_agency(demo):
    agency = told("--as-of", TODAY.isoformat())
    pods = [row["external_id"] for row in demo.files["pods"]]
    of_pods = [told("--as-of", TODAY.isoformat(), "--scope", f"pod:{pod}") for pod in pods]
    for key in ("clients_active", "mrr", "mrr_at_start", "clients_over_contact_standard"):
        total = sum(answer[key]["value"] for answer in of_pods)
        assert total == pytest.approx(agency[key]["value"], abs=0.05), key
    for key in ("weekly_goal_hit_rate", "tactic_win_rate", "client_retention_rate"):
        parts = sum(answer[key]["part"] for answer in of_pods)
        assert parts == agency[key]["part"], key


def test_a_snapshot_of_two_hundred_random_days_is_what_each_day_says_when_counted(demo: ByHand):
    dice = Random(20261119)
    days = [TODAY - timedelta(days=dice.randrange(1, 500)) for _ in range(200)]
    moments = [Moment(trailing(dice.choice(("month", "quarter")), day), day) for day in days]
    later = timezone.now() + timedelta(hours=1)
    with transaction.atomic():
        keep(AGENCY, moments, later)
        found = kept(AGENCY, moments, kept_keys())
        assert len(found) == len(set(moments)) > 150
        for moment, measures in found.items():
            assert measures == compute(AGENCY, moment.period, moment.as_of, kept_keys()), moment
        transaction.set_rollback(True)


# -- one page, one truth


def test_tiles_map_managers_list_and_rows_agree(demo: ByHand):
    """Off pace is counted in six places, of which no two are counted by the same lines."""
    leader = User.objects.get(email="leader@demo.example")
    with time_machine.travel(datetime(2026, 11, 19, 14, 32, tzinfo=UTC), tick=False):
        today = opened(leader, "/").context["page"]
        off = next(one for one in today.legend if one.state == "bad")
        marks = sum(str(pod.marks).count("mark-bad") for pod in today.pods)
        rows = {pace: len(_rows_of(leader, f"/clients/?pace={pace}")) for pace in PACES}
        why = words(opened(leader, "/why/clients_on_pace/"))
        listed = opened(leader, "/attention/?rule=pace").context["page"]
        decisions = opened(leader, "/attention/").context["page"]
    assert off.count == marks == rows["off"] == sum(one.off for one in today.managers) > 0
    assert {one.url.rpartition("=")[2]: one.count for one in today.legend} == {
        pace: count for pace, count in rows.items() if count
    }
    assert sum(rows.values()) == today.clients == SIZE["clients"]
    assert len(listed.rows) == off.count
    assert len(decisions.rows) == today.open_cases >= off.count
    judged = rows["on"] + rows["behind"] + off.count
    assert f"{rows['on']} ÷ {judged} = " in why
    tile = next(one for one in today.tiles if "clients_on_pace" in one.url)
    assert tile.value == f"{100 * rows['on'] / judged:.0f}"


PACES = ("off", "behind", "on", "none")


def _rows_of(leader: User, address: str) -> list[str]:
    page = opened(leader, address).content.decode()
    return re.findall(r'<tr[^>]*>\s*<th scope="row"', page.partition("<tbody")[2])
