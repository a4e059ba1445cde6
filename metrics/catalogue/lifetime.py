from godview.translating.later import later as _
from metrics.catalogue.metric import Metric, Unit

METRICS = (
    Metric(
        key="monthly_churn_rate",
        name=_("Clients lost a month"),
        unit=Unit.SHARE,
        definition=_("Average share of clients lost in each of the last six closed months."),
        formula=_("mean of the last 6 monthly churn rates"),
        chapter="7",
        lower_is_better=True,
        counts=_("{part} lost in {whole} client-months"),
    ),
    Metric(
        key="lifetime_months",
        name=_("Client lifetime"),
        unit=Unit.MONTHS,
        definition=_("How long a client stays on average, if old and new ones leave alike."),
        formula=_("1 ÷ clients lost a month"),
        chapter="7",
        counts=_("{part} lost in {whole} client-months"),
    ),
    Metric(
        key="lifetime_months_at_least",
        name=_("Client lifetime, at least"),
        unit=Unit.MONTHS,
        definition=_(
            "When nobody left in six months: the lifetime that such luck still allows, with 95 % "
            "confidence. Otherwise the lifetime itself is known."
        ),
        formula=_("1 ÷ (1 − 0.05^(1 ÷ client-months))"),
        chapter="7",
        counts=_("{part} lost in {whole} client-months"),
    ),
    Metric(
        key="ltv_revenue",
        name=_("Lifetime value, revenue"),
        unit=Unit.MONEY,
        definition=_("What an average client pays from the first day to the last."),
        formula=_("average fee ÷ clients lost a month"),
        chapter="7",
        counts=_("{part} lost in {whole} client-months"),
    ),
    Metric(
        key="ltv_margin",
        name=_("Lifetime value, margin"),
        unit=Unit.MONEY,
        definition=_(
            "What is left of it after direct work and money passed through: the one to decide by."
        ),
        formula=_("average fee × gross margin ÷ clients lost a month"),
        chapter="8",
        counts=_("{part} lost in {whole} client-months"),
    ),
)
