from godview.translating.later import later as _
from metrics.catalogue.metric import Metric, Unit

SURVIVAL = (_("Survival"),)
COUNTS = _("{part} ended of {whole} engagements")

METRICS = (
    Metric(
        key="survival_12_months",
        name=_("Still here after 12 months"),
        unit=Unit.SHARE,
        definition=_(
            "Share of clients still here after month 12, counting those who are still young for as "
            "long as they have been seen."
        ),
        formula=_("product of (1 − left ÷ could leave) over months 0 to 12"),
        chapter="10",
        shown_on=SURVIVAL,
        counts=COUNTS,
    ),
    Metric(
        key="median_lifetime",
        name=_("Half have left"),
        unit=Unit.MONTHS,
        definition=_("The first month of the relationship by which half of the clients have left."),
        formula=_("first month with at most 50 % still here"),
        chapter="10",
        shown_on=SURVIVAL,
        counts=COUNTS,
    ),
    Metric(
        key="restricted_mean_lifetime",
        name=_("Months with us, of 36"),
        unit=Unit.MONTHS,
        definition=_(
            "How many of their first 36 months clients spend with us on average. It needs no guess "
            "about those who are still here."
        ),
        formula=_("sum of the shares still here in months 0 to 35"),
        chapter="10",
        shown_on=SURVIVAL,
        counts=COUNTS,
    ),
    Metric(
        key="dbtr_worst_month",
        name=_("Lost in the worst month"),
        unit=Unit.SHARE,
        definition=_(
            "The largest share of all clients that leaves in one month of the relationship."
        ),
        formula=_("largest DBTR(m) = share here before month m − share here after it"),
        chapter="10",
        lower_is_better=True,
        shown_on=SURVIVAL,
        counts=COUNTS,
    ),
)
