from metrics.catalogue.metric import Metric, Unit

TODAY, CLIENTS = "Today", "Clients"


def _line(key: str, name: str, definition: str, worse_when_higher: bool = False) -> Metric:
    """One line of the bridge from MRR at the start to MRR at the end."""
    return Metric(
        key=key,
        name=name,
        unit=Unit.MONEY,
        definition=definition,
        formula="each client's fees at both ends, its contracts added up, at one exchange rate",
        chapter="4",
        lower_is_better=worse_when_higher,
    )


METRICS = (
    Metric(
        key="mrr",
        name="Monthly recurring revenue",
        unit=Unit.MONEY,
        definition=(
            "What the contracts of the clients served on the day come to in a month. Work by the "
            "hour, one-off projects and clients on hold are not in it."
        ),
        formula="sum of fees at their monthly rate",
        chapter="6",
        shown_on=(TODAY, CLIENTS),
        counts="{part} of {whole} clients",
    ),
    Metric(
        key="arpa",
        name="Average fee",
        unit=Unit.MONEY,
        definition="Monthly recurring revenue for each client who pays a monthly fee.",
        formula="MRR ÷ paying clients",
        chapter="4",
        counts="{part} from {whole} clients",
    ),
    Metric(
        key="largest_client_share",
        name="Share of the largest client",
        unit=Unit.SHARE,
        definition="What share of MRR the largest client pays: so much is gone if it goes.",
        formula="largest monthly fee ÷ MRR",
        chapter="6",
        threshold=0.2,
        lower_is_better=True,
        shown_on=("Money",),
    ),
    Metric(
        key="paused_mrr",
        name="Fees on hold",
        unit=Unit.MONEY,
        definition="What clients on hold would pay. Shown so that a pause cannot hide a loss.",
        formula="sum of the monthly fees of clients on hold",
        chapter="6",
        lower_is_better=True,
        counts="{part} of {whole} clients",
    ),
    Metric(
        key="variable_revenue",
        name="Variable revenue",
        unit=Unit.MONEY,
        definition="Work by time and materials, a month. It is not in MRR.",
        formula="average of the last 3 full calendar months",
        chapter="6",
    ),
    Metric(
        key="gross_revenue_churn_rate",
        name="Revenue lost, gross",
        unit=Unit.SHARE,
        definition="Share of the MRR at the start lost to departures and to smaller fees.",
        formula="(churned + contraction) ÷ MRR at the start",
        chapter="3",
        lower_is_better=True,
    ),
    Metric(
        key="net_revenue_churn_rate",
        name="Revenue lost, net",
        unit=Unit.SHARE,
        definition="The same, less what existing and returned clients pay more. Below 0 is growth.",
        formula="(churned + contraction − expansion − reactivation) ÷ MRR at the start",
        chapter="3",
        lower_is_better=True,
    ),
    Metric(
        key="grr",
        name="Gross revenue retention",
        unit=Unit.SHARE,
        definition="Of each client's fee at the start, what is still paid at the end; no growth.",
        formula="Σ min(fee at the start, fee at the end) ÷ Σ fee at the start",
        chapter="4",
    ),
    Metric(
        key="nrr",
        name="Net revenue retention",
        unit=Unit.SHARE,
        definition="What the clients who paid at the start pay at the end. New ones are not in it.",
        formula="Σ fee at the end of those who paid at the start ÷ Σ fee at the start",
        chapter="4",
    ),
    Metric(
        key="quick_ratio",
        name="Quick ratio",
        unit=Unit.TIMES,
        definition="How many times the MRR won covers the MRR lost.",
        formula="(new + reactivation + expansion) ÷ (churned + contraction)",
        chapter="4",
        threshold=1.0,
        counts="{part} gained, {whole} lost",
    ),
    Metric(
        key="quick_ratio_without_reactivation",
        name="Quick ratio, returns left out",
        unit=Unit.TIMES,
        definition="The same, where a client who comes back is no gain (Baremetrics' form).",
        formula="(new + expansion) ÷ (churned + contraction)",
        chapter="4",
        threshold=1.0,
        counts="{part} gained, {whole} lost",
    ),
    _line("mrr_at_start", "MRR at the start", "Contracted MRR at the first instant of the period."),
    _line("mrr_new", "New", "MRR of clients who never paid a monthly fee before."),
    _line("mrr_reactivation", "Come back", "MRR of clients who paid before, and not at the start."),
    _line("mrr_expansion", "Bigger fees", "What paying clients pay more than at the start."),
    _line(
        "mrr_contraction", "Smaller fees", "What paying clients pay less than at the start.", True
    ),
    _line("mrr_churned", "Lost", "MRR of clients who paid at the start and pay nothing now.", True),
    _line("mrr_paused", "Put on hold", "MRR of clients whose fee was put on hold.", True),
    _line("mrr_resumed", "Taken up again", "MRR of clients who were on hold at the start."),
    _line("mrr_fx", "Exchange rates", "What the change of exchange rates adds or takes."),
    _line(
        "mrr_transferred",
        "Taken over",
        "MRR of clients taken over from others, less those handed to them. 0 for the agency.",
    ),
    _line("mrr_at_end", "MRR at the end", "Contracted MRR at the last instant of the period."),
)
