"""What clients pay, what a currency is worth, and what is left of the revenue."""

from django.utils.translation import gettext_lazy

from clients.importing.cells import ChoiceCell, CurrencyCell, ReferenceCell
from clients.importing.columns import Column
from clients.importing.kind import Kind
from clients.importing.moments import DateCell
from clients.importing.numbers import NumberCell
from clients.importing.resource import RowsResource
from clients.models import Client, ExchangeRate, Fee, GrossMargin

PER = ChoiceCell(
    Fee.Per,
    month="monthly, per month, mo, months",
    quarter="quarterly, per quarter, 3 months",
    half_year="half yearly, semiannual, semi annual, 6 months",
    year="yearly, annual, annually, per year",
    week="weekly, per week",
    once="one off, oneoff, one time, single, project",
)
FINANCE_MODELS = ChoiceCell(
    Fee.FinanceModel,
    retainer="retainer fee, monthly retainer",
    fixed_price="fixed, fixed fee, project",
    time_and_materials="time and material, t and m, tm, hourly",
    out_staff="outstaff, out staffing, outstaffing, staff augmentation",
)


class FeeRows(RowsResource):
    client = Column("client", ReferenceCell(Client, "client"), required=True)
    service = Column("service", required=True)
    starts_on = Column("starts_on", DateCell(), required=True)
    ends_on = Column("ends_on", DateCell(), note=gettext_lazy("The first day no longer charged."))
    amount = Column("amount", NumberCell(), required=True)
    currency = Column("currency", CurrencyCell(), required=True)
    per = Column("per", PER, keeps=True, note=gettext_lazy("Empty: as it is, or month."))
    finance_model = Column(
        "finance_model",
        FINANCE_MODELS,
        keeps=True,
        note=gettext_lazy("Empty: as it is, or retainer."),
    )

    class Meta:
        model = Fee
        import_id_fields = ("client", "service", "starts_on")


class ExchangeRateRows(RowsResource):
    currency = Column("currency", CurrencyCell(), required=True)
    starts_on = Column("starts_on", DateCell(), required=True)
    rate = Column(
        "rate", NumberCell(), required=True, note=gettext_lazy("In the reporting currency.")
    )

    class Meta:
        model = ExchangeRate
        import_id_fields = ("currency", "starts_on")


class GrossMarginRows(RowsResource):
    starts_on = Column("starts_on", DateCell(), required=True)
    share = Column("share", NumberCell(), required=True, note=gettext_lazy("0.4 is 40 %."))
    note = Column("note")

    class Meta:
        model = GrossMargin
        import_id_fields = ("starts_on",)


FEES = Kind(
    name="fees",
    title=gettext_lazy("Fees"),
    what=gettext_lazy(
        "What each client pays for each service. A new price is a new row: the old one ends."
    ),
    resource=FeeRows,
    example=(
        ("C-001", "PPC", "2025-09-15", "2026-03-01", "5800", "EUR", "month", "retainer"),
        ("C-001", "PPC", "2026-03-01", "", "6400", "EUR", "month", "retainer"),
    ),
)
EXCHANGE_RATES = Kind(
    name="exchange_rates",
    title=gettext_lazy("Exchange rates"),
    what=gettext_lazy(
        "What one unit of a currency is worth in the reporting currency, from a day on."
    ),
    resource=ExchangeRateRows,
    example=(("USD", "2026-01-01", "0.92"),),
)
GROSS_MARGINS = Kind(
    name="gross_margins",
    title=gettext_lazy("Gross margins"),
    what=gettext_lazy(
        "The share of revenue kept after direct work and pass-through, from a day on."
    ),
    resource=GrossMarginRows,
    example=(("2026-01-01", "0.42", ""),),
)
