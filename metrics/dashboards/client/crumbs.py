"""Where a client stands: agency, pod, manager, client, each a click away."""

from django.utils.translation import gettext as _

from clients.models import Client
from metrics.dashboards.onward import Onward
from metrics.dashboards.portfolio import Line


def crumbs_of(
    line: Line | None, client: Client, onward: Onward, here: str = ""
) -> list[tuple[str, str]]:
    """As far as the reader may go; `here` is a page below the client's own."""
    found = [(_("Agency"), onward.to("today"))]
    if line and line.who.pod and line.who.pod_slug:
        found.append((line.who.pod, onward.to("pod", line.who.pod_slug)))
    if line and line.who.manager and line.who.manager_slug:
        who = line.who
        found.append((who.manager or "", onward.person(who.manager_id, who.manager_slug or "")))
    if not here:
        return [*found, (client.name, "")]
    return [*found, (client.name, onward.to("client", client.slug)), (here, "")]
