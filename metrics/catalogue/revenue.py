from godview.translating.later import later as _
from godview.translating.later import later_of
from metrics.catalogue.metric import Metric, Unit

TODAY, CLIENTS = _("Today"), _("Clients")


def _line(key: str, name: str, definition: str, worse_when_higher: bool = False) -> Metric:
    """One line of the bridge from MRR at the start to MRR at the end."""
    return Metric(
        key=key,
        name=name,
        unit=Unit.MONEY,
        definition=definition,
        formula=_("each client's fees at both ends, its contracts added up, at one exchange rate"),
        chapter="4",
        lower_is_better=worse_when_higher,
    )


METRICS = (
    Metric(
        key="mrr",
        name=_("Monthly recurring revenue"),
        unit=Unit.MONEY,
        definition=_(
            "What the contracts of the clients served on the day come to in a month. Work by the "
            "hour, one-off projects and clients on hold are not in it."
        ),
        formula=_("sum of fees at their monthly rate"),
        chapter="6",
        shown_on=(TODAY, CLIENTS),
        counts=_("{part} of {whole} clients"),
    ),
    Metric(
        key="arpa",
        name=_("Average fee"),
        unit=Unit.MONEY,
        definition=_("Monthly recurring revenue for each client who pays a monthly fee."),
        formula=_("MRR ÷ paying clients"),
        chapter="4",
        counts=_("{part} from {whole} clients"),
    ),
    Metric(
        key="largest_client_share",
        name=_("Share of the largest client"),
        unit=Unit.SHARE,
        definition=_("What share of MRR the largest client pays: so much is gone if it goes."),
        formula=_("largest monthly fee ÷ MRR"),
        chapter="6",
        threshold=0.2,
        lower_is_better=True,
        shown_on=(_("Money"),),
    ),
    Metric(
        key="paused_mrr",
        name=_("Fees on hold"),
        unit=Unit.MONEY,
        definition=_("What clients on hold would pay. Shown so that a pause cannot hide a loss."),
        formula=_("sum of the monthly fees of clients on hold"),
        chapter="6",
        lower_is_better=True,
        counts=_("{part} of {whole} clients"),
    ),
    Metric(
        key="variable_revenue",
        name=_("Variable revenue"),
        unit=Unit.MONEY,
        definition=_("Work by time and materials, a month. It is not in MRR."),
        formula=_("average of the last 3 full calendar months"),
        chapter="6",
    ),
    Metric(
        key="gross_revenue_churn_rate",
        name=_("Revenue lost, gross"),
        unit=Unit.SHARE,
        definition=_("Share of the MRR at the start lost to departures and to smaller fees."),
        formula=_("(churned + contraction) ÷ MRR at the start"),
        chapter="3",
        lower_is_better=True,
    ),
    Metric(
        key="net_revenue_churn_rate",
        name=_("Revenue lost, net"),
        unit=Unit.SHARE,
        definition=_(
            "The same, less what existing and returned clients pay more. Below 0 is growth."
        ),
        formula=_("(churned + contraction − expansion − reactivation) ÷ MRR at the start"),
        chapter="3",
        lower_is_better=True,
    ),
    Metric(
        key="grr",
        name=_("Gross revenue retention"),
        unit=Unit.SHARE,
        definition=_(
            "Of each client's fee at the start, what is still paid at the end; no growth."
        ),
        formula=_("Σ min(fee at the start, fee at the end) ÷ Σ fee at the start"),
        chapter="4",
    ),
    Metric(
        key="nrr",
        name=_("Net revenue retention"),
        unit=Unit.SHARE,
        definition=_(
            "What the clients who paid at the start pay at the end. New ones are not in it."
        ),
        formula=_("Σ fee at the end of those who paid at the start ÷ Σ fee at the start"),
        chapter="4",
    ),
    Metric(
        key="quick_ratio",
        name=_("Quick ratio"),
        unit=Unit.TIMES,
        definition=_("How many times the MRR won covers the MRR lost."),
        formula=_("(new + reactivation + expansion) ÷ (churned + contraction)"),
        chapter="4",
        threshold=1.0,
        counts=_("{part} gained, {whole} lost"),
    ),
    Metric(
        key="quick_ratio_without_reactivation",
        name=_("Quick ratio, returns left out"),
        unit=Unit.TIMES,
        definition=_("The same, where a client who comes back is no gain (Baremetrics' form)."),
        formula=_("(new + expansion) ÷ (churned + contraction)"),
        chapter="4",
        threshold=1.0,
        counts=_("{part} gained, {whole} lost"),
    ),
    _line(
        "mrr_at_start",
        _("MRR at the start"),
        _("Contracted MRR at the first instant of the period."),
    ),
    _line("mrr_new", _("New"), _("MRR of clients who never paid a monthly fee before.")),
    _line(
        "mrr_reactivation",
        _("Come back"),
        _("MRR of clients who paid before, and not at the start."),
    ),
    _line("mrr_expansion", _("Bigger fees"), _("What paying clients pay more than at the start.")),
    _line(
        "mrr_contraction",
        _("Smaller fees"),
        _("What paying clients pay less than at the start."),
        True,
    ),
    _line(
        "mrr_churned",
        later_of("money", "Lost"),
        _("MRR of clients who paid at the start and pay nothing now."),
        True,
    ),
    _line("mrr_paused", _("Put on hold"), _("MRR of clients whose fee was put on hold."), True),
    _line("mrr_resumed", _("Taken up again"), _("MRR of clients who were on hold at the start.")),
    _line("mrr_fx", _("Exchange rates"), _("What the change of exchange rates adds or takes.")),
    _line(
        "mrr_transferred",
        _("Taken over"),
        _("MRR of clients taken over from others, less those handed to them. 0 for the agency."),
    ),
    _line(
        "mrr_at_end", _("MRR at the end"), _("Contracted MRR at the last instant of the period.")
    ),
)
