"""What we offer, and the pitches that were turned down."""

from django.utils.translation import gettext_lazy

from clients.importing.cells import ChoiceCell, ReferenceCell
from clients.importing.columns import Column
from clients.importing.kind import Kind
from clients.importing.moments import DateCell
from clients.importing.numbers import CountCell
from clients.importing.resource import RowsResource
from clients.models import Client, Refusal, Service, Staff

REASONS = ChoiceCell(
    Refusal.Reason,
    tender="lost tender, lost the pitch, bid",
    price="too expensive, budget, expensive",
    competitor="another agency, other agency, rival",
    in_house="inhouse, own team",
    later="postponed, not yet",
    silence="no answer, ghosted, no reply",
    we_declined="declined, turned down by us",
    other="",
)
FROM_1_TO_5 = gettext_lazy("From 1 to 5. Empty: not judged yet.")


class ServiceRows(RowsResource):
    name = Column("name", required=True)
    offered_from = Column("offered_from", DateCell(), note=gettext_lazy("Empty: always."))
    offered_until = Column(
        "offered_until",
        DateCell(),
        note=gettext_lazy("The first day no longer offered. Empty: still offered."),
    )

    class Meta:
        model = Service
        import_id_fields = ("name",)


class RefusalRows(RowsResource):
    client = Column("client", ReferenceCell(Client, "client"), required=True)
    refused_on = Column("refused_on", DateCell(), required=True)
    reason = Column("reason", REASONS, keeps=True, note=gettext_lazy("Empty: as it is, or other."))
    brand = Column("brand", CountCell(), note=FROM_1_TO_5)
    capacity = Column("capacity", CountCell(), note=FROM_1_TO_5)
    pitch = Column("pitch", CountCell(), note=FROM_1_TO_5)
    salesperson = Column("salesperson", ReferenceCell(Staff, "member of staff"))
    remind_on = Column("remind_on", DateCell(), note=gettext_lazy("When to write again."))
    reopened_on = Column("reopened_on", DateCell(), note=gettext_lazy("When we pitched again."))
    note = Column("note")

    class Meta:
        model = Refusal
        import_id_fields = ("client", "refused_on")


SERVICES = Kind(
    name="services",
    title=gettext_lazy("Services"),
    what=gettext_lazy(
        "What we offer. A client uses it while it pays a fee for the service by this name."
    ),
    resource=ServiceRows,
    example=(("PPC", "", ""), ("SEO", "2024-01-01", "")),
)
REFUSALS = Kind(
    name="refusals",
    title=gettext_lazy("Refusals"),
    what=gettext_lazy(
        "The pitches that firms turned down, and how much we would like to win each after all."
    ),
    resource=RefusalRows,
    example=(
        ("C-002", "2026-03-12", "price", "5", "3", "4", "S-01", "2027-01-11", "", "New budget"),
    ),
)
