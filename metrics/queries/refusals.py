"""Who turned us down, as it was known on a day."""

from datetime import date
from typing import Any

from clients.models import Client, Refusal


def refusals_known(user: Any, day: date) -> list[Refusal]:
    """Each firm's latest refusal by the day, as far as a person may see them."""
    rows = Refusal.objects.visible_to(user).filter(refused_on__lte=day)
    latest = {
        row.client_id: row
        for row in rows.select_related("client", "salesperson").order_by("refused_on")
    }
    return list(latest.values())


def firm_names() -> list[str]:
    """Every firm in the base, for the form's suggestions."""
    return list(Client.objects.order_by("name").values_list("name", flat=True))
