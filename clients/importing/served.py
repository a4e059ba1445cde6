"""When a client is served, and when not: engagements and pauses."""

from django.utils.translation import gettext_lazy

from clients.importing.cells import ReferenceCell
from clients.importing.columns import Column
from clients.importing.kind import Kind
from clients.importing.moments import DateCell
from clients.importing.resource import RowsResource
from clients.models import Client, Engagement, Pause


class EngagementRows(RowsResource):
    client = Column("client", ReferenceCell(Client, "client"), required=True)
    started_on = Column("started_on", DateCell(), required=True)
    ended_on = Column("ended_on", DateCell(), note=gettext_lazy("The first day no longer served."))
    notice_on = Column(
        "notice_on", DateCell(), note=gettext_lazy("When the client said that it leaves.")
    )

    overlapping = "engagement"

    class Meta:
        model = Engagement
        import_id_fields = ("client", "started_on")


class PauseRows(RowsResource):
    client = Column("client", ReferenceCell(Client, "client"), required=True)
    started_on = Column("started_on", DateCell(), required=True)
    ended_on = Column("ended_on", DateCell(), note=gettext_lazy("The first day served again."))
    reason = Column("reason")

    overlapping = "pause"

    class Meta:
        model = Pause
        import_id_fields = ("client", "started_on")


ENGAGEMENTS = Kind(
    name="engagements",
    title=gettext_lazy("Engagements"),
    what=gettext_lazy("The stretches in which each client was served. One who comes back has two."),
    resource=EngagementRows,
    example=(("C-001", "2025-09-15", "", ""), ("C-002", "2024-02-01", "2025-08-01", "2025-06-20")),
)
PAUSES = Kind(
    name="pauses",
    title=gettext_lazy("Pauses"),
    what=gettext_lazy("Stretches in which a client stays ours but pays nothing."),
    resource=PauseRows,
    example=(("C-001", "2026-07-01", "2026-08-01", "Shop closed for rebuilding"),),
)
