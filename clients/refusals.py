"""A firm turned us down: written down with our marks, so that it can be won after all."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from clients.importing.slugs import Slugs
from clients.models import Client, Refusal


@transaction.atomic
def record_refusal(*, firm: str, told: Mapping[str, Any]) -> Refusal:
    """For a client that we know by this name, served once or not; otherwise for a new prospect."""
    client = Client.objects.filter(name__iexact=firm).order_by("pk").first() or _prospect(firm)
    row = Refusal(client=client, **told)
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def change_refusal(*, refusal: Refusal, told: Mapping[str, Any]) -> Refusal:
    for name, value in told.items():
        setattr(refusal, name, value)
    refusal.full_clean()
    refusal.save()
    return refusal


def _prospect(name: str) -> Client:
    slug = Slugs(Client).new(name)
    row = Client(
        external_id=f"prospect-{slug}"[:80],
        name=name,
        slug=slug,
        status=Client.Status.PROSPECT,
        is_key=False,
    )
    row.full_clean()
    row.save()
    return row
