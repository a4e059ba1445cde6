from godview.translating.later import later as _
from metrics.catalogue.metric import Metric, Unit

COSTS = "clients.view_cost"  # of a part of the agency; the whole is everybody's

METRICS = (
    Metric(
        key="retention_cost_operating",
        name=_("Cost of keeping a client, out of pocket"),
        unit=Unit.MONEY,
        definition=_(
            "Gifts, events, discounts and extras of the period for each client kept. "
            "What is spent on all clients together counts for the agency only."
        ),
        formula=_("(gifts + events + discounts + extras) ÷ clients kept"),
        chapter="20",
        lower_is_better=True,
        counts=_("{part} over {whole} clients"),
        permission=COSTS,
    ),
    Metric(
        key="retention_cost_full",
        name=_("Cost of keeping a client, in full"),
        unit=Unit.MONEY,
        definition=_(
            "The same with payroll and the share of fixed costs. "
            "What is spent on all clients together counts for the agency only."
        ),
        formula=_("all that was spent to keep clients ÷ clients kept"),
        chapter="20",
        lower_is_better=True,
        counts=_("{part} over {whole} clients"),
        permission=COSTS,
    ),
    Metric(
        key="winning_to_keeping_cost",
        name=_("Winning over keeping"),
        unit=Unit.TIMES,
        definition=_(
            "How many times what it costs to keep a client it costs to win one: our own figure, "
            "not a quoted one."
        ),
        formula=_("(sales + advertising) ÷ clients won, over the cost of keeping a client in full"),
        chapter="20",
        lower_is_better=True,
        counts=_("{part} over {whole}"),
        permission=COSTS,
    ),
    Metric(
        key="gross_margin",
        name=_("Gross margin"),
        unit=Unit.SHARE,
        definition=_(
            "Of what clients paid for the period, the share left after the time spent on their "
            "work and what passed through our hands. Clients without noted time are left out."
        ),
        formula=_("(revenue − time − pass-through) ÷ revenue"),
        chapter="8",
        permission=COSTS,
    ),
    Metric(
        key="payments_late",
        name=_("Payments late"),
        unit=Unit.INVOICES,
        definition=_("Invoices due in the period that were paid late, or are overdue."),
        formula=_("count"),
        chapter="6",
        lower_is_better=True,
    ),
    Metric(
        key="payments_late_amount",
        name=_("Payments late, amount"),
        unit=Unit.MONEY,
        definition=_(
            "What the invoices come to that were due in the period and paid late, or not."
        ),
        formula=_("sum of the amounts of late invoices"),
        chapter="6",
        lower_is_better=True,
    ),
    Metric(
        key="payments_late_share",
        name=_("Payments late, share"),
        unit=Unit.SHARE,
        definition=_("Of the invoices due in the period, the share paid late or overdue."),
        formula=_("late invoices ÷ invoices due"),
        chapter="6",
        lower_is_better=True,
    ),
    Metric(
        key="services_used_share",
        name=_("Services used"),
        unit=Unit.SHARE,
        definition=_("Of all that we could do for our clients on the day, the share they pay for."),
        formula=_("services paid for, client by client ÷ (clients × services offered)"),
        chapter="26",
    ),
    Metric(
        key="referred_revenue",
        name=_("Revenue from recommendations"),
        unit=Unit.MONEY,
        definition=_("What the clients pay a month whom another client recommended us to."),
        formula=_("sum of monthly fees of recommended clients"),
        chapter="6",
        counts=_("{part} of {whole} clients"),
    ),
)
