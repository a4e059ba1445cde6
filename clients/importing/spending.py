"""What clients could buy, what they cost us, and what they were asked to pay."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.importing.cells import ChoiceCell, CurrencyCell, ReferenceCell
from clients.importing.columns import Column
from clients.importing.kind import Kind
from clients.importing.moments import DateCell
from clients.importing.numbers import NumberCell
from clients.importing.resource import RowsResource
from clients.models import Capacity, Client, Cost, Invoice

COSTS_OF = ChoiceCell(
    Cost.Kind,
    time="work, hours, time cost, time spent",
    pass_through="pass through, passthrough, ad spend, media",  # noqa: S106 - of money, not of words
    gift="gifts, present",
    event="events",
    discount="discounts",
    extra="extras, free work, over servicing",
    payroll="salary, salaries, wages",
    fixed_share="fixed share, overhead, tools, rent",
    sales="selling, new business, pitch",
    advertising="ads, marketing, promotion",
)


class CapacityRows(RowsResource):
    client = Column("client", ReferenceCell(Client, "client"), required=True)
    starts_on = Column("starts_on", DateCell(), required=True)
    amount = Column(
        "amount", NumberCell(), required=True, note=gettext_lazy("What it could buy in a year.")
    )
    currency = Column("currency", CurrencyCell(), required=True)
    note = Column("note")

    class Meta:
        model = Capacity
        import_id_fields = ("client", "starts_on")


class CostRows(RowsResource):
    """A cost has no number of its own: two of a kind on one day differ by their note."""

    client = Column(
        "client",
        ReferenceCell(Client, "client"),
        note=gettext_lazy("Empty: spent on all of them together."),
    )
    spent_on = Column("spent_on", DateCell(), required=True)
    kind = Column("kind", COSTS_OF, required=True)
    amount = Column("amount", NumberCell(), required=True)
    currency = Column("currency", CurrencyCell(), required=True)
    hours = Column("hours", NumberCell())
    note = Column("note", note=gettext_lazy("Tells two costs of a kind on one day apart."))

    narrow_by = "spent_on"

    class Meta:
        model = Cost
        import_id_fields = ("spent_on", "kind", "client", "note")

    def complete(self, values: dict[str, Any], errors: dict[str, str]) -> None:
        if values.get("kind") in Cost.DELIVERY and not values.get("client") and not errors:
            errors["client"] = _("Time and pass-through are spent on one client: name it.")


class InvoiceRows(RowsResource):
    client = Column("client", ReferenceCell(Client, "client"), required=True)
    number = Column("number", required=True)
    issued_on = Column("issued_on", DateCell(), required=True)
    due_on = Column("due_on", DateCell(), required=True)
    paid_on = Column("paid_on", DateCell(), note=gettext_lazy("Empty: not paid yet."))
    amount = Column("amount", NumberCell(), required=True)
    currency = Column("currency", CurrencyCell(), required=True)

    class Meta:
        model = Invoice
        import_id_fields = ("client", "number")

    def complete(self, values: dict[str, Any], errors: dict[str, str]) -> None:
        if not errors and values["due_on"] < values["issued_on"]:
            errors["due_on"] = _("An invoice is due on the day it is issued, or later.")


CAPACITIES = Kind(
    name="capacities",
    title=gettext_lazy("Capacities"),
    what=gettext_lazy("What each client could buy from us in a year, as judged from a day on."),
    resource=CapacityRows,
    example=(("C-001", "2026-01-01", "120000", "EUR", "Three more clinics"),),
)
COSTS = Kind(
    name="costs",
    title=gettext_lazy("Costs"),
    what=gettext_lazy("Money spent on a day to do the work, to keep a client, or to win one."),
    resource=CostRows,
    example=(
        ("C-001", "2026-10-31", "time", "2150", "EUR", "43", ""),
        ("C-001", "2026-11-06", "gift", "80", "EUR", "", "Ten years of the clinic"),
        ("", "2026-10-31", "advertising", "1800", "EUR", "", "Search ads"),
    ),
)
INVOICES = Kind(
    name="invoices",
    title=gettext_lazy("Invoices"),
    what=gettext_lazy("What each client was asked to pay, by when, and when it did."),
    resource=InvoiceRows,
    example=(
        ("C-001", "2026-117", "2026-10-01", "2026-10-15", "2026-10-22", "6400", "EUR"),
        ("C-001", "2026-131", "2026-11-02", "2026-11-16", "", "6400", "EUR"),
    ),
)
