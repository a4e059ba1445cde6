"""Anybody may call the address; only Asana is heard, and a nudge is all it can do."""

import hashlib
import hmac
import statistics
import time
from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from godview.encryption import Secret
from tasks.models import EventStream, Webhook, WebhookDelivery
from tasks.sync import nudging
from tests.factories.asana import ProjectFactory

pytestmark = pytest.mark.django_db
SECRET = "s3cret-of-asana-0123456789"
BODY = b'{"events": [{"action": "changed", "resource": {"gid": "1", "resource_type": "task"}}]}'


@pytest.fixture(autouse=True)
def rung(monkeypatch):
    calls = []
    monkeypatch.setattr(nudging.doorbell, "ring", lambda pk: calls.append(pk) or True)
    return calls


def hook(state="active", **fields):
    now = timezone.now()
    fields = {"secret": Secret.of(SECRET), "key": "k" * 43, "created_at": now, **fields}
    return Webhook.objects.create(project=ProjectFactory(), state=state, **fields)


def pending(**fields):
    until = timezone.now() + timedelta(minutes=2)
    return hook("pending", **{"secret": Secret(""), "pending_until": until, **fields})


def send(webhook, body=BODY, signature=None, **headers):
    if signature is None:
        signature = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    address = reverse("tasks:webhook", args=[getattr(webhook, "key", webhook)])
    headers = {"X-Hook-Signature": signature, **headers}
    browser = Browser(enforce_csrf_checks=True)
    return browser.post(address, body, content_type="application/json", headers=headers)


def shake(webhook, secret):
    address = reverse("tasks:webhook", args=[webhook.key])
    return Browser(enforce_csrf_checks=True).post(address, headers={"X-Hook-Secret": secret})


def test_a_signed_delivery_is_kept_and_asks_for_a_drain(rung):
    webhook = hook()
    assert send(webhook).status_code == 200
    delivery = WebhookDelivery.objects.get()
    assert (delivery.body, delivery.handled_at) == (BODY.decode(), None)
    assert EventStream.objects.get(project=webhook.project_id).nudged_at is not None
    assert rung == [webhook.project_id]


def bad_signatures():
    right = hmac.new(SECRET.encode(), BODY, hashlib.sha256).hexdigest()
    other = hmac.new(b"another secret", BODY, hashlib.sha256).hexdigest()
    spaced = hmac.new(SECRET.encode(), BODY.replace(b" ", b""), hashlib.sha256).hexdigest()
    return {
        "wrong": "0" * 64,
        "missing": "",
        "upper case": right.upper(),
        "wrong secret": other,
        "of a re-encoded body": spaced,
        "not ascii": "é" * 64,
    }


@pytest.mark.fault(28)
@pytest.mark.parametrize("how", bad_signatures())
def test_a_bad_signature_is_refused_and_nothing_is_kept(rung, how):
    webhook = hook()
    assert send(webhook, signature=bad_signatures()[how]).status_code == 401
    assert not WebhookDelivery.objects.exists()
    assert not EventStream.objects.exists()
    assert rung == []


def test_a_repeat_within_ten_minutes_is_kept_once_and_nudges_once(rung):
    webhook = hook()
    now = timezone.now()
    assert [send(webhook).status_code for _ in range(5)] == [200] * 5
    assert WebhookDelivery.objects.count() <= 2  # the ten minutes may end in between
    assert len(rung) == WebhookDelivery.objects.count()
    assert (timezone.now() - now).total_seconds() < 5


def test_an_old_delivery_sent_again_does_no_more_than_ask_for_a_drain(rung):
    webhook = hook()
    send(webhook)
    WebhookDelivery.objects.update(window=1)
    assert send(webhook).status_code == 200
    assert rung == [webhook.project_id] * 2


def test_a_heartbeat_is_answered_and_asks_for_nothing(rung):
    webhook = hook()
    assert send(webhook, b'{"events": []}').status_code == 200
    webhook.refresh_from_db()
    assert webhook.delivered_at is not None
    assert rung == []


def test_a_body_of_a_megabyte_is_taken_and_one_of_five_is_not(rung):
    webhook = hook()
    event = BODY[12:-2]
    big = b'{"events": [' + b",".join([event] * (1024 * 1024 // len(event))) + b"]}"
    assert send(webhook, big).status_code == 200
    assert send(webhook, b" " * 5 * 1024 * 1024).status_code == 413
    assert WebhookDelivery.objects.count() == 1


def test_what_cannot_be_read_but_is_signed_nudges_too(rung):
    assert send(hook(), b"\x00\xff not json").status_code == 200
    assert len(rung) == 1


def test_it_is_answered_at_once():
    """By the processor's clock: what else this machine does at the time is not our answer's."""
    webhook = hook()
    send(webhook)
    times = []
    for number in range(40):
        began = time.process_time()
        send(webhook, BODY + b" " * number)
        times.append(time.process_time() - began)
    assert statistics.median(times) < 0.05


def test_a_secret_is_taken_once_while_it_is_waited_for():
    webhook = pending()
    answer = shake(webhook, SECRET)
    assert (answer.status_code, answer.headers["X-Hook-Secret"]) == (200, SECRET)
    assert shake(webhook, SECRET).status_code == 200  # Asana may ask twice
    assert shake(webhook, "another secret, of an attacker").status_code == 403
    webhook.refresh_from_db()
    assert webhook.secret.reveal() == SECRET
    assert SECRET not in webhook.secret.ciphertext


@pytest.mark.fault(27)
@pytest.mark.parametrize("when", ["active", "gone", "late"])
def test_after_the_handshake_nobody_can_put_another_secret(when):
    if when == "late":
        webhook = pending(pending_until=timezone.now() - timedelta(seconds=1))
    else:
        webhook = hook(when)
    before = webhook.secret.ciphertext
    answer = shake(webhook, "another secret, of an attacker")
    assert answer.status_code == 403
    assert "X-Hook-Secret" not in answer.headers
    webhook.refresh_from_db()
    assert webhook.secret.ciphertext == before


def test_deliveries_before_the_handshake_are_refused():
    webhook = pending()
    empty = hmac.new(b"", BODY, hashlib.sha256).hexdigest()
    assert send(webhook, signature=empty).status_code == 401


def test_an_unknown_address_and_one_that_ended_say_so():
    assert send("x" * 43).status_code == 404
    assert send(hook("gone")).status_code == 410


def test_only_posts_are_taken(client):
    assert client.get(reverse("tasks:webhook", args=[hook().key])).status_code == 405
