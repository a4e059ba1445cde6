"""The people at the client's side, and each time we were in contact."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from clients.importing.cells import Cell, ChoiceCell, EmailCell, FlagCell, ReferenceCell
from clients.importing.columns import Column
from clients.importing.kind import Kind
from clients.importing.moments import DateCell, MomentCell
from clients.importing.resource import RowsResource
from clients.models import Client, Contact, Staff, Touchpoint

CHANNELS = ChoiceCell(
    Touchpoint.Channel,
    call="phone, phone call, telephone, call held",
    meeting="meet, zoom, video, video call, in person, visit, face to face",
    email="mail",
    sms="text, text message",
    chat="slack, whatsapp, telegram, teams, messenger, message",
    missed_call="no answer, voicemail",
    report="auto report, automated report",
    newsletter="mailing",
    note="internal, comment",
)
DIRECTIONS = ChoiceCell(
    Touchpoint.Direction,
    outbound="out, outgoing, sent, us, we",
    inbound="in, incoming, received, client, from client",
)


class ContactRows(RowsResource):
    client = Column("client", ReferenceCell(Client, "client"), required=True)
    name = Column("name", required=True)
    job_title = Column("job_title")
    email = Column("email", EmailCell())
    phone = Column("phone")
    decides = Column(
        "decides", FlagCell(), keeps=True, note=gettext_lazy("Has the last word on the contract.")
    )
    left_on = Column("left_on", DateCell())

    class Meta:
        model = Contact
        import_id_fields = ("client", "name")


class TouchpointRows(RowsResource):
    """A touchpoint has no number of its own: all that it says is what tells it from another."""

    client = Column("client", ReferenceCell(Client, "client"), required=True)
    happened_at = Column("happened_at", MomentCell(), required=True)
    channel = Column("channel", CHANNELS, required=True)
    direction = Column("direction", DIRECTIONS, keeps=True, note=gettext_lazy("Empty: outbound."))
    staff = Column("staff", ReferenceCell(Staff, "member of staff"))
    note = Column("note", Cell())
    automatic = Column(
        "automatic", FlagCell(), keeps=True, note=gettext_lazy("Sent by a system. Empty: no.")
    )

    narrow_by = "happened_at"

    class Meta:
        model = Touchpoint
        import_id_fields = ("client", "happened_at", "channel", "direction", "staff", "note")


CONTACTS = Kind(
    name="contacts",
    title=pgettext_lazy("people", "Contacts"),
    what=gettext_lazy("The people at the client's side."),
    resource=ContactRows,
    example=(("C-001", "Marit Holm", "Owner", "marit@halden.example", "", "yes", ""),),
)
TOUCHPOINTS = Kind(
    name="touchpoints",
    title=gettext_lazy("Touchpoints"),
    what=gettext_lazy("Each dated contact between a client and us."),
    resource=TouchpointRows,
    example=(
        ("C-001", "2026-11-16 10:30", "call", "outbound", "S-01", "Weekly call, 18 min", ""),
        ("C-001", "2026-11-17", "e-mail", "inbound", "", "Asked about the invoice", ""),
    ),
)
