from metrics.catalogue.metric import Metric, Unit

EXPERIMENTS = "Experiments"

METRICS = (
    Metric(
        key="experiment_win_rate",
        name="Tests won",
        unit=Unit.SHARE,
        definition=(
            "Of the valid tests decided in the period, won or lost by the plan fixed before their "
            "start, the share that won. Tests without a difference are not in it."
        ),
        formula="won ÷ (won + lost)",
        chapter="15",
        shown_on=(EXPERIMENTS,),
    ),
    Metric(
        key="experiments_running",
        name="Tests running",
        unit=Unit.TESTS,
        definition="Tests with enough visitors to go on, and not yet the sample of their plan.",
        formula="count of tests not decided, past 100 visitors, 25 conversions and 7 days",
        chapter="15",
        shown_on=(EXPERIMENTS,),
    ),
    Metric(
        key="experiments_too_early",
        name="Tests too early to look at",
        unit=Unit.TESTS,
        definition="Tests with so little counted that whatever they seem to say means nothing.",
        formula="count of tests under 100 visitors or 25 conversions in an arm, or 7 days",
        chapter="15",
        shown_on=(EXPERIMENTS,),
    ),
)
