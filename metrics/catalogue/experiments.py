from godview.translating.later import later as _
from metrics.catalogue.metric import Metric, Unit

EXPERIMENTS = _("Experiments")

METRICS = (
    Metric(
        key="experiment_win_rate",
        name=_("Tests won"),
        unit=Unit.SHARE,
        definition=_(
            "Of the valid tests decided in the period, won or lost by the plan fixed before their "
            "start, the share that won. Tests without a difference are not in it."
        ),
        formula=_("won ÷ (won + lost)"),
        chapter="15",
        shown_on=(EXPERIMENTS,),
    ),
    Metric(
        key="experiments_running",
        name=_("Tests running"),
        unit=Unit.TESTS,
        definition=_("Tests with enough visitors to go on, and not yet the sample of their plan."),
        formula=_("count of tests not decided, past 100 visitors, 25 conversions and 7 days"),
        chapter="15",
        shown_on=(EXPERIMENTS,),
    ),
    Metric(
        key="experiments_too_early",
        name=_("Tests too early to look at"),
        unit=Unit.TESTS,
        definition=_("Tests with so little counted that whatever they seem to say means nothing."),
        formula=_("count of tests under 100 visitors or 25 conversions in an arm, or 7 days"),
        chapter="15",
        shown_on=(EXPERIMENTS,),
    ),
)
