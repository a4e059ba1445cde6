"""The demo agency: its story, its numbers counted by hand, and that it does no harm."""

import json
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from clients.models import (
    Assignment,
    Client,
    Engagement,
    Obligation,
    SignedAgreement,
    Staff,
    Touchpoint,
    User,
)
from godview.access import reach_of
from godview.demo.agency import DemoAgency
from godview.demo.logins import LOGINS
from godview.periods import add_months
from tasks.models import AsanaConnection, AsanaUser, Project, SyncRun, Task
from tasks.sync.asking import ask_for_run
from tasks.sync.run import work_on
from tasks.sync.start import usual_means
from tests.asana_double import AsanaDouble
from tests.demo_by_hand import ByHand, tasks_on_time
from tests.factories.clients import ClientFactory
from training.models import Completion

TODAY = date(2026, 11, 19)
SMALL = {"clients": 24, "months": 12, "seed": 3}
CENT = Decimal("0.01")


@pytest.fixture(autouse=True)
def clock(settings, monkeypatch):
    settings.TIME_ZONE = "Europe/London"
    monkeypatch.setenv("DEMO_PASSWORD", "only for this test")


def seed(**options: Any) -> None:
    given = {**SMALL, "today": TODAY, "without_asana": True, **options}
    call_command("seed_demo", **given)


def metrics(capsys: Any, period: str = "month", scope: str = "agency") -> dict[str, Any]:
    capsys.readouterr()
    call_command("metrics", as_of=TODAY.isoformat(), period=period, scope=scope, format="json")
    told = json.loads(capsys.readouterr().out)
    found: dict[str, Any] = told.get("metrics", told)
    return found


# -- the story, without a database ----------------------------------------------------------


def test_a_large_agency_comes_in_several_files():
    agency = DemoAgency(400, 36, 1, TODAY)
    parts = list(agency.parts("touchpoints"))
    rows = [line for part in parts for line in part.splitlines()[1:]]
    assert len(parts) == 2
    assert rows == agency.csv("touchpoints").splitlines()[1:]


@pytest.mark.parametrize("seed_number", [1, 2])
@pytest.mark.parametrize("clients", [20, 160, 161])
def test_today_there_are_as_many_clients_as_asked_for(clients, seed_number):
    agency = ByHand(DemoAgency(clients, 36, seed_number, TODAY))
    assert len(agency.ours(TODAY)) == clients


def test_the_same_seed_and_day_tell_the_same_story():
    one, other = (DemoAgency(24, 12, 1, TODAY) for _ in range(2))
    assert {k: one.csv(k) for k in one.files} == {k: other.csv(k) for k in other.files}
    assert one.work.as_json() == other.work.as_json()
    assert DemoAgency(24, 12, 2, TODAY).csv("fees") != one.csv("fees")


@pytest.mark.parametrize("today", [date(2024, 2, 29), date(2026, 1, 1), date(2026, 5, 31)])
@pytest.mark.parametrize(("clients", "months"), [(5, 3), (8, 6), (60, 18)])
def test_any_day_and_size_make_a_story(clients, months, today):
    agency = DemoAgency(clients, months, 1, today)
    assert len(ByHand(agency).ours(today)) == clients
    assert agency.work.as_json()["projects"]


def test_from_20_over_the_revolving_door_at_100_to_160():
    """S2: where about as many leave as come, there is no growth; then the process gets better."""
    agency = ByHand(DemoAgency(160, 36, 1, TODAY))
    sizes = [len(agency.ours(add_months(TODAY, -months))) for months in (36, 21, 13, 0)]
    assert sizes == [20, 100, 100, 160]
    before, after = agency.ours(add_months(TODAY, -21)), agency.ours(add_months(TODAY, -13))
    assert len(before - after) == len(after - before) > 35


def test_the_average_client_pays_what_the_story_says():
    """S54: 160 clients at about 3,750 a month."""
    fees = ByHand(DemoAgency(160, 36, 1, TODAY)).fees(TODAY, TODAY)
    assert abs(sum(fees.values()) / len(fees) - 3750) < 20


def test_the_weak_pod_is_weak_in_everything():
    by_hand = ByHand(DemoAgency(160, 36, 1, TODAY))
    pods = {row["external_id"]: row["name"] for row in by_hand.rows["pods"]}
    pod_of = {row["external_id"]: pods.get(row["pod"]) for row in by_hand.rows["clients"]}
    silence: dict[str | None, list[int]] = {}
    for client, days in by_hand.days_since_contact(TODAY).items():
        silence.setdefault(pod_of[client], []).append(days)
    worst = max(silence, key=lambda pod: sum(silence[pod]) / len(silence[pod]))
    assert worst == "Cobalt"


# -- in the database ---------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_numbers_are_those_counted_by_hand(capsys):
    seed()
    agency = ByHand(DemoAgency(SMALL["clients"], SMALL["months"], SMALL["seed"], TODAY))
    compare(metrics(capsys), agency, add_months(TODAY, -1))


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.once
def test_the_whole_demo_with_its_work_read_from_asana(capsys, settings):
    with AsanaDouble(keep_log=False) as double:
        settings.ASANA_BASE_URL = double.url
        seed(clients=160, months=36, seed=1, without_asana=False)
        sync()
    story = DemoAgency(160, 36, 1, TODAY)
    start = add_months(TODAY, -3)
    numbers = metrics(capsys, "quarter")
    compare(numbers, ByHand(story), start)

    done, due = tasks_on_time(story.work.as_json(), start, TODAY)
    assert part_and_whole(numbers["on_time_rate"]) == (done, due)
    assert due > 3_000

    # What the pages say on the 19 November 2026, counted once with pen and paper.
    assert part_and_whole(numbers["client_retention_rate"]) == (148, 153)
    assert numbers["clients_active"]["value"] == 160
    assert (numbers["clients_gained"]["value"], numbers["clients_lost"]["value"]) == (12, 5)
    assert part_and_whole(numbers["clients_over_contact_standard_share"]) == (6, 158)
    assert numbers["days_since_contact_max"]["value"] == 19

    assert Project.objects.unmatched().count() == 2
    assert [user.name for user in AsanaUser.objects.unmatched()] == ["Studio Freelance"]
    assert not Task.objects.filter(memberships=None).exists()
    story_is_in_the_database()


def story_is_in_the_database() -> None:
    halden = Client.objects.get(name="Halden Dental")
    last = halden.touchpoints.qualifying().latest("happened_on")
    assert (TODAY - last.happened_on).days == 12
    assert halden.fees.get(ends_on=None).amount == 6400
    moment = timezone.make_aware(timezone.datetime(2026, 11, 19, 14, 32))
    overdue = Obligation.objects.overdue_at(moment)
    assert {one.client.name for one in overdue} == {"Halden Dental", "Northbay Legal"}
    returned = Counter(Engagement.objects.values_list("client", flat=True))
    assert sum(count > 1 for count in returned.values()) > 5
    assert SignedAgreement.objects.count() > 100
    assert Completion.objects.filter(expires_on__lte=TODAY).count() == 1
    orlo = Client.objects.get(name="Orlo Coffee").weekly_goals
    lately = orlo.filter(
        week_starts_on__gte=date(2026, 10, 19), week_starts_on__lt=date(2026, 11, 16)
    )
    assert (lately.filter(status="met").count(), lately.count()) == (2, 9)
    mapleford = Client.objects.get(name="Mapleford HVAC")
    assert not mapleford.weekly_goals.filter(week_starts_on=date(2026, 11, 16)).exists()
    ana = Staff.objects.get(name="Ana Ruiz")
    assert Assignment.objects.on(TODAY).filter(account_manager=ana).count() == 12


def sync() -> None:
    run = ask_for_run(AsanaConnection.objects.get(), timezone.now())
    while (outcome := work_on(run.pk, usual_means())).go_on_in is not None:
        assert outcome.go_on_in < 5
    run.refresh_from_db()
    assert run.state == SyncRun.State.DONE, run.reason


def compare(numbers: dict[str, Any], by_hand: ByHand, start: date) -> None:
    before, now = by_hand.ours(start), by_hand.ours(TODAY)
    assert part_and_whole(numbers["client_retention_rate"]) == (len(before & now), len(before))
    assert part_and_whole(numbers["logo_churn_rate"]) == (len(before - now), len(before))

    fees = by_hand.fees(TODAY, TODAY)
    total = sum(fees.values(), Decimal(0))
    assert money(numbers["mrr"]) == total.quantize(CENT)
    assert money(numbers["arpa"]) == (total / len(fees)).quantize(CENT)

    moved, at_start, _ = by_hand.movements(start, TODAY)
    assert money(numbers["mrr_at_start"]) == at_start.quantize(CENT)
    for name in ("new", "reactivation", "expansion", "contraction", "churned"):
        assert money(numbers[f"mrr_{name}"]) == getattr(moved, name).quantize(CENT), name
    lost = moved.churned + moved.contraction
    assert_close(numbers["gross_revenue_churn_rate"], lost / at_start)
    won = moved.new + moved.reactivation + moved.expansion
    assert_close(numbers["quick_ratio"], won / lost if lost else None)

    silence = by_hand.days_since_contact(TODAY)
    assert_close(numbers["days_since_contact_mean"], sum(silence.values()) / len(silence))
    assert numbers["days_since_contact_max"]["value"] == max(silence.values())
    over = sum(days > 10 for days in silence.values())
    assert part_and_whole(numbers["clients_over_contact_standard_share"]) == (over, len(silence))

    assert part_and_whole(numbers["weekly_goal_hit_rate"]) == by_hand.weekly_goals(start, TODAY)
    verdicts = by_hand.tactics(start, TODAY)
    decided = verdicts["win"] + verdicts["loss"]
    assert part_and_whole(numbers["tactic_win_rate"]) == (verdicts["win"], decided)


def part_and_whole(measure: dict[str, Any]) -> tuple[int, int]:
    return int(Decimal(str(measure["part"]))), int(Decimal(str(measure["whole"])))


def money(measure: dict[str, Any]) -> Decimal:
    return Decimal(str(measure["value"])).quantize(CENT)


def assert_close(measure: dict[str, Any], value: Any) -> None:
    if value is None:
        assert measure["value"] is None
        assert measure["reason"]
    else:
        assert float(measure["value"]) == pytest.approx(float(value), rel=1e-6)


@pytest.mark.django_db
def test_making_it_again_changes_nothing(capsys):
    seed()
    counts = [model.objects.count() for model in (Client, Touchpoint, User, Task)]
    histories = Client.history.count()
    seed(seed=9)
    assert "there already; nothing was changed" in capsys.readouterr().out
    assert [model.objects.count() for model in (Client, Touchpoint, User, Task)] == counts
    assert Client.history.count() == histories


@pytest.mark.django_db
def test_a_database_with_something_else_in_it_is_left_alone():
    ClientFactory()
    with pytest.raises(CommandError, match="left as it is"):
        seed()
    assert Client.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["http://127.0.0.1:1/api/1.0", "https://app.asana.com/api/1.0"])
def test_without_a_double_it_says_what_to_do_and_makes_nothing(settings, url):
    settings.ASANA_BASE_URL = url
    with pytest.raises(CommandError, match=r"python -m tests\.asana_double"):
        seed(without_asana=False)
    assert Client.objects.count() == 0


@pytest.mark.django_db
def test_an_interrupted_start_leaves_nothing(monkeypatch):
    def broken(password: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("godview.demo.seed.make_logins", broken)
    with pytest.raises(KeyboardInterrupt):
        seed()
    assert Client.objects.count() == Staff.objects.count() == 0


@pytest.mark.django_db
def test_every_login_works_and_sees_what_the_role_sees(client):
    seed()
    seen = {}
    for email in LOGINS:
        assert client.login(email=email, password="only for this test"), email
        user = User.objects.get(email=email)
        seen[email.split("@")[0]] = Client.objects.visible_to(user).count()
        assert not reach_of(user).nothing
    everybody = Client.objects.count()
    assert seen["leader"] == seen["admin"] == everybody
    assert 0 < seen["manager"] < everybody
    assert 0 < seen["designer"] < everybody
    assert 0 < seen["director"] <= everybody


@pytest.mark.django_db
@pytest.mark.parametrize(("clients", "months"), [(4, 36), (5001, 36), (20, 2)])
def test_a_size_that_makes_no_story_is_refused(clients, months):
    with pytest.raises(CommandError, match="5 to 5,000 clients"):
        seed(clients=clients, months=months)


@pytest.mark.parametrize("months", [6, 18])
def test_however_short_its_history_nobody_who_left_has_a_task_in_asana(months: int):
    work = DemoAgency(clients=160, months=months, seed=1, today=TODAY).work.as_json()
    users = {user["email"] for user in work["users"]}
    tasks = [task for project in work["projects"] for task in project["tasks"]]
    assert {task["assignee"] for task in tasks if task.get("assignee")} <= users
