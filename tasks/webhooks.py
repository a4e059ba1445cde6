"""What Asana sends us: a handshake, once, and afterwards signed nudges. None of it is believed.

Somebody who finds an address could offer a secret of their own, so one is taken only while we have
just asked Asana for the webhook, and only the first; the registration then compares it with what
Asana told us directly.
"""

import hashlib
import hmac
from datetime import datetime

import orjson
from django.db import IntegrityError, transaction

from godview.encryption import Secret, no_secret
from tasks.models import Webhook, WebhookDelivery
from tasks.sync.nudging import nudge

WINDOW_SECONDS = 600
LONGEST_SECRET = 512


def shake_hands(webhook: Webhook, secret: str, now: datetime) -> bool:
    """Take the secret if one is being waited for; the same one again is as good as once."""
    if not 16 <= len(secret) <= LONGEST_SECRET or not secret.isascii():
        return False
    waiting = Webhook.objects.filter(
        pk=webhook.pk, state=Webhook.State.PENDING, pending_until__gt=now
    )
    if waiting.filter(secret=no_secret()).update(secret=Secret.of(secret)):
        return True
    known = waiting.first()
    return known is not None and is_same(known.secret, secret)


def is_same(secret: Secret, text: str) -> bool:
    return bool(secret) and hmac.compare_digest(secret.reveal().encode(), text.encode())


def is_signed(webhook: Webhook, body: bytes, signature: str) -> bool:
    """Whether the sender knows the secret: over the bytes as they came, in constant time."""
    if not webhook.secret:
        return False
    expected = hmac.new(webhook.secret.reveal().encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), signature.encode("utf-8", "replace"))


def receive(webhook: Webhook, body: bytes, now: datetime) -> bool:
    """Keep a delivery as it came, and ask for a drain; false when it is a repeat."""
    delivery = WebhookDelivery(
        webhook=webhook,
        body_hash=hashlib.sha256(body).hexdigest(),
        window=int(now.timestamp()) // WINDOW_SECONDS,
        body=body.decode("utf-8", "replace").replace("\x00", ""),
        received_at=now,
    )
    tells = _tells_of_something(body)
    if not tells:
        delivery.handled_at = now
    try:
        with transaction.atomic():
            delivery.save(force_insert=True)
            Webhook.objects.filter(pk=webhook.pk).update(delivered_at=now)
    except IntegrityError:
        return False
    if tells:
        nudge(webhook.project_id, now)
    return True


def _tells_of_something(body: bytes) -> bool:
    """A heartbeat has no events. What cannot be read might tell of anything."""
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError:
        return bool(body)
    return not isinstance(document, dict) or (document.get("events") != [] and bool(document))
