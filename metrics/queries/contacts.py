"""When each client last heard from us."""

from collections.abc import Hashable
from datetime import date

from django.db.models import OuterRef, Subquery

from clients.models import Client, Touchpoint
from metrics.queries.scopes import Scope


def last_touches(scope: Scope, as_of: date) -> dict[Hashable, date | None]:
    """The day on which each client served then last heard from us as a person; None for never.

    One step into the index (client, happened_on) for each client, whatever the history.
    """
    touches = Touchpoint.objects.qualifying().by(as_of).filter(client=OuterRef("pk"))
    newest = touches.order_by("-happened_on").values("happened_on")[:1]
    clients = Client.objects.served_on(as_of).filter(scope.clients_on(as_of, "pk"))
    return dict(clients.order_by().values_list("pk", Subquery(newest)))
