"""Alarms over days: opened once, put off, closed, taken back, and opened again by something new."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.core.exceptions import ValidationError

from metrics import attending
from metrics.attention import Case, Reason
from metrics.dashboards.attention_list import attention_list
from metrics.dashboards.onward import Onward
from metrics.models import AttentionCase, Crossing
from metrics.queries.handling import handlings
from metrics.queries.stamps import read_stamps
from tests.factories.cast import make_cast
from tests.factories.clients import ContactFactory, TouchpointFactory

NOW = datetime(2026, 11, 17, 14, 32, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]
DAY = NOW.date()


@pytest.fixture
def cast():
    """Acme has not heard from us for 12 days; Boreal is silent for 25, and so are weekly goals."""
    cast = make_cast()
    TouchpointFactory(client=cast.client_a, happened_at=NOW - timedelta(days=12))
    TouchpointFactory(client=cast.client_b, happened_at=NOW - timedelta(days=25))
    return cast


def case_of(client, *rules):
    return Case(client.pk, client.name, True, tuple(Reason(r, True, r) for r in rules), 1)


def listed(user, now=NOW, **asked):
    rows = attention_list(user, read_stamps(), now, asked, Onward()).rows
    return [row.name for row in rows]


def held(client):
    return AttentionCase.objects.filter(client=client).order_by("pk").last()


def test_looking_twice_fires_nothing_twice(cast):
    assert attending.refresh(NOW) > 0
    before = Crossing.objects.count()
    assert attending.refresh(NOW) == 0
    assert Crossing.objects.count() == before
    assert AttentionCase.objects.open().count() == 2


@pytest.mark.parametrize("seed", range(5))
def test_over_random_days_no_rule_stands_twice_and_the_rows_tell_what_is_true(cast, seed):
    random = Random(seed)
    clients = (cast.client_a, cast.client_b)
    for step in range(12):
        today = DAY + timedelta(days=step)
        broken = {
            client: random.sample(["pace", "contact", "reply"], random.randint(0, 3))
            for client in clients
        }
        cases = [case_of(client, *rules) for client, rules in broken.items() if rules]
        attending.record(cases, today)
        attending.record(cases, today)
        standing = sorted(Crossing.objects.standing().values_list("client_id", "rule"))
        assert standing == sorted((c.pk, rule) for c, rules in broken.items() for rule in rules)
        opened = set(AttentionCase.objects.open().values_list("client_id", flat=True))
        assert opened == {client.pk for client, rules in broken.items() if rules}


def test_an_assigned_case_says_who_does_what_until_when(cast):
    due = DAY + timedelta(days=3)
    attending.assign(
        client=cast.client_a,
        owner=cast.manager.staff,
        next_action="Call the owner",
        due_on=due,
        version=0,
        now=NOW,
    )
    assert listed(cast.person("leader"), state="assigned") == ["Acme"]
    row = attention_list(
        cast.person("leader"), read_stamps(), NOW, {"owner": "manager"}, Onward()
    ).rows[0]
    assert row.decided == "Manager: Call the owner, until 20 Nov"


def test_two_people_at_once_the_second_is_told_what_the_first_decided(cast):
    attending.refresh(NOW)
    said = {"client": cast.client_a, "due_on": DAY, "version": 1, "now": NOW}
    attending.assign(owner=cast.manager.staff, next_action="Call", **said)
    with pytest.raises(ValidationError, match="Manager sees to it, Call until 17 Nov"):
        attending.assign(owner=cast.leader.staff, next_action="Write", **said)
    assert held(cast.client_a).next_action == "Call"


def test_what_was_put_off_leaves_the_list_and_comes_back_on_its_day(cast):
    until = DAY + timedelta(days=5)
    attending.snooze(client=cast.client_a, until=until, reason="On holiday", version=0, now=NOW)
    assert listed(cast.person("leader")) == ["Boreal"]
    assert listed(cast.person("leader"), state="snoozed") == ["Acme"]
    assert "Acme" in listed(cast.person("leader"), now=NOW + timedelta(days=5))


def test_what_was_put_off_comes_back_early_when_a_new_rule_is_broken(cast):
    until = DAY + timedelta(days=5)
    attending.snooze(client=cast.client_a, until=until, reason="On holiday", version=0, now=NOW)
    ContactFactory(client=cast.client_a, decides=True, left_on=DAY)
    assert "Acme" in listed(cast.person("leader"))
    attending.refresh(NOW)
    assert held(cast.client_a).snoozed_until is None


def test_nobody_puts_off_for_longer_than_two_weeks(cast):
    for days in (0, 15):
        with pytest.raises(ValidationError, match="from tomorrow to 1 Dec"):
            attending.snooze(
                client=cast.client_a,
                until=DAY + timedelta(days=days),
                reason="Later",
                version=0,
                now=NOW,
            )


def test_a_closed_case_stays_away_while_nothing_new_is_true(cast):
    attending.close(
        client=cast.client_a, by=cast.leader.staff, reason="They asked for it", version=0, now=NOW
    )
    attending.refresh(NOW + timedelta(hours=1))
    assert listed(cast.person("leader")) == ["Boreal"]
    assert listed(cast.person("leader"), state="closed") == ["Acme"]
    ContactFactory(client=cast.client_a, decides=True, left_on=DAY)
    attending.refresh(NOW)
    assert "Acme" in listed(cast.person("leader"))
    assert AttentionCase.objects.filter(client=cast.client_a).count() == 2


def test_once_the_rule_is_kept_the_case_ends_by_itself_and_may_fire_again(cast):
    attending.record([case_of(cast.client_a, "contact")], DAY)
    attending.record([], DAY + timedelta(days=1))
    case = held(cast.client_a)
    assert (case.ended_on, case.close_reason) == (DAY + timedelta(days=1), "")
    attending.record([case_of(cast.client_a, "contact")], DAY + timedelta(days=2))
    assert Crossing.objects.filter(client=cast.client_a, rule="contact").count() == 2


def test_undo_takes_back_what_was_closed_or_put_off(cast):
    attending.close(client=cast.client_a, by=None, reason="Done", version=0, now=NOW)
    attending.reopen(client=cast.client_a)
    assert "Acme" in listed(cast.person("leader"))
    assert handlings(DAY)[cast.client_a.pk].is_open


def test_the_last_decision_is_taken_back_whatever_it_was_and_the_history_keeps_both(cast):
    client, owner = cast.client_a, cast.manager.staff
    attending.refresh(NOW)
    said = {"client": client, "owner": owner, "due_on": DAY, "now": NOW}
    attending.assign(**said, next_action="Call", version=1)
    attending.assign(**said, next_action="Write", version=2)
    attending.take_back(client=client, version=3)
    assert held(client).next_action == "Call"
    attending.close(client=client, by=owner, reason="Done", version=4, now=NOW)
    attending.take_back(client=client, version=5)
    assert (held(client).ended_on, held(client).close_reason) == (None, "")
    told = held(client).history.order_by("version").values_list("next_action", "close_reason")
    assert list(told) == [
        ("", ""),
        ("Call", ""),
        ("Write", ""),
        ("Call", ""),
        ("Call", "Done"),
        ("Call", ""),
    ]


def test_nobody_undoes_what_another_decided_since(cast):
    client, owner = cast.client_a, cast.manager.staff
    attending.refresh(NOW)
    said = {"client": client, "owner": owner, "due_on": DAY, "now": NOW}
    attending.assign(**said, next_action="Call", version=1)
    attending.assign(**said, next_action="Write", version=2)
    with pytest.raises(ValidationError, match="It was changed since"):
        attending.take_back(client=client, version=2)
    assert held(client).next_action == "Write"


def test_a_past_day_is_listed_as_it_was_then(cast):
    attending.close(client=cast.client_a, by=None, reason="Done", version=0, now=NOW)
    assert "Acme" in listed(cast.person("leader"), now=NOW - timedelta(days=1))


def test_people_see_only_their_own_clients(cast):
    assert listed(cast.person("manager")) == ["Acme"]


def test_who_saw_to_it_last_time_does_not_see_to_what_is_open_again(cast):
    due = DAY + timedelta(days=3)
    attending.assign(
        client=cast.client_a,
        owner=cast.manager.staff,
        next_action="Call",
        due_on=due,
        version=0,
        now=NOW,
    )
    attending.record([], DAY, only=cast.client_a)  # kept again, and broken again since
    rows = attention_list(cast.person("leader"), read_stamps(), NOW, {}, Onward())
    acme = next(row for row in rows.everything if row.name == "Acme")
    assert (acme.where, acme.decided, rows.counts["assigned"]) == ("open", "", 0)
