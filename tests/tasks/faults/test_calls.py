"""Asana calls us: with a handshake, signed, again and again, and for a day in vain."""

import pytest

from tasks.models import DeadLetter, EventStream, Webhook, WebhookDelivery
from tasks.sync import nudging
from tasks.sync.registering import watch
from tasks.sync.start import quick_means
from tests.tasks.faults.ground import Ground
from tests.tasks.sync.world import HOUR

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


@pytest.fixture(autouse=True)
def rung(monkeypatch):
    calls = []
    monkeypatch.setattr(nudging.doorbell, "ring", lambda pk: calls.append(pk) or True)
    return calls


@pytest.fixture
def called(ground: Ground, live_server, settings) -> Ground:
    settings.PUBLIC_URL = live_server.url
    ground.fill(1)
    ground.read()
    return ground


def look(ground: Ground) -> int:
    means = quick_means(ground.clock.now)
    return watch(ground.connection, means.client(ground.connection), means)


def registered(ground: Ground) -> Webhook:
    assert look(ground) == 1
    assert ground.switch("settle")["settled"]
    EventStream.objects.update(nudged_at=None)
    return Webhook.objects.get()


@pytest.mark.fault(27)
@pytest.mark.parametrize("handshake", ["slow", "twice"])
def test_the_secret_is_set_once_whatever_the_handshake_is_like(
    called: Ground, handshake: str
) -> None:
    called.switch("webhooks", handshake=handshake, handshake_seconds=0.3)
    webhook = registered(called)
    secret = called.state.webhooks[webhook.gid].secret
    assert webhook.secret.reveal() == secret
    target = called.state.webhooks[webhook.gid].target
    for offered in ("an attacker's secret, long enough", secret):
        answer = called.switch("attack", target=target, secret=offered)
        assert (answer["status"], answer["echoed"]) == (403, None)
    webhook.refresh_from_db()
    assert webhook.secret.reveal() == secret


@pytest.mark.fault(28)
@pytest.mark.parametrize(
    "signature", ["wrong", "missing", "upper case", "other secret", "re-encoded"]
)
def test_what_is_not_signed_as_asana_signs_is_refused(called: Ground, signature: str) -> None:
    webhook = registered(called)
    before = WebhookDelivery.objects.count()
    sent = called.switch("deliver", webhook=webhook.gid, signature=signature)
    assert sent["statuses"] == [401]
    assert WebhookDelivery.objects.count() == before
    assert not EventStream.objects.exclude(nudged_at=None).exists()


@pytest.mark.fault(29)
def test_repeats_crowds_and_heavy_bodies_are_taken_once_and_in_time(
    called: Ground, rung: list[int]
) -> None:
    webhook = registered(called)
    rung.clear()
    before = WebhookDelivery.objects.count()
    assert called.switch("deliver", webhook=webhook.gid)["statuses"] == [200]
    called.switch("clock", advance_seconds=3 * HOUR)
    assert called.switch("deliver", webhook=webhook.gid, replay=-1)["statuses"] == [200]
    crowd = called.switch("deliver", webhook=webhook.gid, times=1000)
    assert set(crowd["statuses"]) == {200}
    assert crowd["slowest_ms"] < 10_000
    # The ten minutes in which a repeat is known may end in between.
    assert WebhookDelivery.objects.count() - before <= 2
    assert len(rung) <= 2
    heavy = called.switch("deliver", webhook=webhook.gid, bytes=1024 * 1024)
    assert (heavy["statuses"], heavy["bytes"] > 1024 * 1024) == ([200], True)
    rung.clear()
    assert called.switch("deliver", webhook=webhook.gid, events=[])["statuses"] == [200]
    assert rung == []
    called.drain()
    called.is_right()


@pytest.mark.fault(30)
def test_a_webhook_given_up_after_a_day_is_set_up_again_and_drained(
    called: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = registered(called)

    def broken(*_: object) -> None:
        raise RuntimeError("our server is ill")

    with monkeypatch.context() as patch:
        patch.setattr("tasks.views.webhooks.webhooks.receive", broken)
        called.change(called.task("Task 0.1"), name="Renamed")
        called.switch("settle")
        assert called.switch("webhooks")["lose"] == 0
        for hours in (8, 8, 9):
            called.switch("clock", advance_seconds=hours * HOUR)
            called.switch("settle")
        assert first.gid not in called.state.webhooks
    called.fault("403", path="/webhooks", method="POST", times=1)  # as for a duplicate
    assert look(called) == 0
    assert DeadLetter.objects.open().get().kind == "webhook"
    called.switch("clock", advance_seconds=1.1 * HOUR)
    assert look(called) == 1
    assert EventStream.objects.get().nudged_at is not None
    assert not DeadLetter.objects.open().exists()
    called.drain()
    called.is_right()
