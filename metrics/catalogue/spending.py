from metrics.catalogue.metric import Metric, Unit

ALL = "What is spent on all clients together counts for the agency only."

COSTS = "clients.view_cost"  # of a part of the agency; the whole is everybody's

METRICS = (
    Metric(
        key="retention_cost_operating",
        name="Cost of keeping a client, out of pocket",
        unit=Unit.MONEY,
        definition=f"Gifts, events, discounts and extras of the period for each client kept. {ALL}",
        formula="(gifts + events + discounts + extras) ÷ clients kept",
        chapter="20",
        lower_is_better=True,
        counts="{part} over {whole} clients",
        permission=COSTS,
    ),
    Metric(
        key="retention_cost_full",
        name="Cost of keeping a client, in full",
        unit=Unit.MONEY,
        definition=f"The same with payroll and the share of fixed costs. {ALL}",
        formula="all that was spent to keep clients ÷ clients kept",
        chapter="20",
        lower_is_better=True,
        counts="{part} over {whole} clients",
        permission=COSTS,
    ),
    Metric(
        key="winning_to_keeping_cost",
        name="Winning over keeping",
        unit=Unit.TIMES,
        definition=(
            "How many times what it costs to keep a client it costs to win one: our own figure, "
            "not a quoted one."
        ),
        formula="(sales + advertising) ÷ clients won, over the cost of keeping a client in full",
        chapter="20",
        lower_is_better=True,
        counts="{part} over {whole}",
        permission=COSTS,
    ),
    Metric(
        key="gross_margin",
        name="Gross margin",
        unit=Unit.SHARE,
        definition=(
            "Of what clients paid for the period, the share left after the time spent on their "
            "work and what passed through our hands. Clients without noted time are left out."
        ),
        formula="(revenue − time − pass-through) ÷ revenue",
        chapter="8",
        permission=COSTS,
    ),
    Metric(
        key="payments_late",
        name="Payments late",
        unit=Unit.INVOICES,
        definition="Invoices due in the period that were paid late, or are overdue.",
        formula="count",
        chapter="6",
        lower_is_better=True,
    ),
    Metric(
        key="payments_late_amount",
        name="Payments late, amount",
        unit=Unit.MONEY,
        definition="What the invoices come to that were due in the period and paid late, or not.",
        formula="sum of the amounts of late invoices",
        chapter="6",
        lower_is_better=True,
    ),
    Metric(
        key="payments_late_share",
        name="Payments late, share",
        unit=Unit.SHARE,
        definition="Of the invoices due in the period, the share paid late or overdue.",
        formula="late invoices ÷ invoices due",
        chapter="6",
        lower_is_better=True,
    ),
    Metric(
        key="services_used_share",
        name="Services used",
        unit=Unit.SHARE,
        definition="Of all that we could do for our clients on the day, the share they pay for.",
        formula="services paid for, client by client ÷ (clients × services offered)",
        chapter="26",
    ),
    Metric(
        key="referred_revenue",
        name="Revenue from recommendations",
        unit=Unit.MONEY,
        definition="What the clients pay a month whom another client recommended us to.",
        formula="sum of monthly fees of recommended clients",
        chapter="6",
        counts="{part} of {whole} clients",
    ),
)
