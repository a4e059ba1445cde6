"""Who recommended us to whom; a file may name clients that come with it."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.utils import bulk_update_with_history

from clients.importing.cells import Cell
from clients.importing.words import text_of
from clients.importing.writing import BATCH
from clients.models import Client


class ReferrerCell(Cell):
    says = gettext_lazy(
        "The external_id of the client who recommended us, there already or in this file."
    )


class Referrals:
    """Kept until all clients of the file are written, since one may come after another."""

    def __init__(self, existing: Iterable[Any], coming: Iterable[Any]) -> None:
        known = list(existing)
        self._by_pk = {row.pk: row.external_id for row in known}
        self._names = {*self._by_pk.values(), *(text_of(name) for name in coming)}
        self._noted: list[tuple[Client, str]] = []

    def check(self, referrer: str, client: str, errors: dict[str, str]) -> None:
        if referrer == client:
            errors["referred_by"] = _("A client does not recommend us to itself.")
        elif referrer not in self._names:
            errors["referred_by"] = _(
                "There is no client with the external_id “%(referrer)s”. Correct it, or put "
                "the client into the file."
            ) % {"referrer": referrer}

    def note(self, client: Client, referrer: str) -> bool:
        """Whether this is news."""
        if client.referred_by_id and self._by_pk.get(client.referred_by_id) == referrer:
            return False
        self._noted.append((client, referrer))
        return True

    def write(self, sign: Callable[[Any], None], now: datetime | None) -> None:
        if not self._noted:
            return
        pks = dict(Client.objects.values_list("external_id", "pk"))
        clients = []
        for client, referrer in self._noted:
            client.referred_by_id = pks[referrer]
            sign(client)
            clients.append(client)
        bulk_update_with_history(
            clients, Client, ["referred_by"], batch_size=BATCH, default_date=now
        )
