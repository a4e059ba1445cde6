from metrics.catalogue.metric import Metric, Unit

SURVIVAL = ("Survival",)
COUNTS = "{part} ended of {whole} engagements"

METRICS = (
    Metric(
        key="survival_12_months",
        name="Still here after 12 months",
        unit=Unit.SHARE,
        definition=(
            "Share of clients still here after month 12, counting those who are still young for as "
            "long as they have been seen."
        ),
        formula="product of (1 − left ÷ could leave) over months 0 to 12",
        chapter="10",
        shown_on=SURVIVAL,
        counts=COUNTS,
    ),
    Metric(
        key="median_lifetime",
        name="Half have left",
        unit=Unit.MONTHS,
        definition="The first month of the relationship by which half of the clients have left.",
        formula="first month with at most 50 % still here",
        chapter="10",
        shown_on=SURVIVAL,
        counts=COUNTS,
    ),
    Metric(
        key="restricted_mean_lifetime",
        name="Months with us, of 36",
        unit=Unit.MONTHS,
        definition=(
            "How many of their first 36 months clients spend with us on average. It needs no guess "
            "about those who are still here."
        ),
        formula="sum of the shares still here in months 0 to 35",
        chapter="10",
        shown_on=SURVIVAL,
        counts=COUNTS,
    ),
    Metric(
        key="dbtr_worst_month",
        name="Lost in the worst month",
        unit=Unit.SHARE,
        definition="The largest share of all clients that leaves in one month of the relationship.",
        formula="largest DBTR(m) = share here before month m − share here after it",
        chapter="10",
        lower_is_better=True,
        shown_on=SURVIVAL,
        counts=COUNTS,
    ),
)
