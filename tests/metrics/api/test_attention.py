"""What needs a decision, over HTTP: read, assigned, put off, closed, and opened again."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone
from rest_framework.views import APIView

from metrics import attending
from metrics.models import AttentionCase, Limit
from tests.factories.cast import Cast, make_cast
from tests.factories.clients import TouchpointFactory
from tests.factories.days import days_ago

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_rate_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(APIView, "throttle_classes", [])


@pytest.fixture
def cast() -> Cast:
    """Nobody has spoken with client A for two months."""
    cast = make_cast()
    TouchpointFactory(client=cast.client_a, happened_at=days_ago(60))
    attending.refresh(timezone.now())
    return cast


def ask(user: Any, method: str, address: str, body: dict[str, Any] | None = None) -> Any:
    browser = Browser()
    browser.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    if method == "get":
        return browser.get(f"/api/v1/{address}", body)
    return browser.post(f"/api/v1/{address}", json.dumps(body), content_type="application/json")


def case_of(cast: Cast) -> dict[str, Any]:
    found = ask(cast.manager, "get", "attention/", {"is_open": "true"}).json()["results"]
    (case,) = [one for one in found if one["client"] == cast.client_a.pk]
    return case


def test_a_case_tells_which_rules_were_crossed_and_what_was_true(cast: Cast):
    facts = {one["rule"]: one["fact"] for one in case_of(cast)["crossings"]}
    assert "60 days without contact" in facts["contact"]


def test_it_is_assigned_put_off_and_opened_again(cast: Cast):
    case = case_of(cast)
    today = timezone.localdate()
    told = {
        "version": case["version"],
        "owner": cast.manager.staff.pk,
        "next_action": "Call them",
        "due_on": str(today + timedelta(days=1)),
    }
    assigned = ask(cast.manager, "post", f"attention/{case['id']}/assign/", told).json()
    assert (assigned["owner"], assigned["next_action"]) == (cast.manager.staff.pk, "Call them")
    until = str(today + timedelta(days=3))
    put_off = {"version": assigned["version"], "until": until, "reason": "They are away"}
    snoozed = ask(cast.manager, "post", f"attention/{case['id']}/snooze/", put_off).json()
    assert snoozed["snoozed_until"] == until
    again = ask(cast.manager, "post", f"attention/{case['id']}/reopen/", {}).json()
    assert again["snoozed_until"] is None


def test_what_somebody_changed_meanwhile_is_refused_in_words(cast: Cast):
    case = case_of(cast)
    AttentionCase.objects.filter(pk=case["id"]).update(version=case["version"] + 3)
    told = {"version": case["version"], "reason": "All is well"}
    answer = ask(cast.manager, "post", f"attention/{case['id']}/close/", told)
    assert answer.status_code == 400
    assert "Somebody changed this meanwhile" in answer.content.decode()


def test_a_close_needs_its_reason_and_names_who_closed(cast: Cast):
    case = case_of(cast)
    address = f"attention/{case['id']}/close/"
    assert ask(cast.manager, "post", address, {"version": case["version"]}).status_code == 400
    told = {"version": case["version"], "reason": "Spoke to them today"}
    closed = ask(cast.manager, "post", address, told).json()
    assert closed["closed_by"] == cast.manager.staff.pk
    assert closed["ended_on"] == str(timezone.localdate())
    again = ask(cast.manager, "post", address, {**told, "version": closed["version"]})
    assert again.status_code == 400
    assert "It has ended" in again.content.decode()


def test_a_limit_is_set_by_leaders_and_must_make_sense(cast: Cast):
    today = str(timezone.localdate())
    told = {"key": "contact", "starts_on": today, "value": 7}
    assert ask(cast.manager, "post", "limits/", told).status_code == 403
    assert ask(cast.leader, "post", "limits/", {**told, "key": "mood"}).status_code == 400
    assert ask(cast.leader, "post", "limits/", {**told, "value": -1}).status_code == 400
    assert ask(cast.leader, "post", "limits/", told).status_code == 201
    assert Limit.objects.get(key="contact").set_by == cast.leader.staff
