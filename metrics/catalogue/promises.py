from godview.translating.later import later as _
from metrics.catalogue.metric import Metric, Unit

METRICS = (
    Metric(
        key="postponement_rate",
        name=_("Promises postponed"),
        unit=Unit.SHARE,
        definition=_(
            "Of the tasks and weekly goals promised for a day in the period, the share put off "
            "with a reason that a director or leader approved."
        ),
        formula=_("promises with an approved postponement ÷ promises due"),
        chapter="24",
        lower_is_better=True,
    ),
    Metric(
        key="postponement_days_mean",
        name=_("Days a postponed promise slipped"),
        unit=Unit.DAYS,
        definition=_("From the promised day to the last approved one, on average."),
        formula=_("days slipped ÷ postponed promises"),
        chapter="24",
        lower_is_better=True,
    ),
    Metric(
        key="attempted_change_rate",
        name=_("Promises changed in silence"),
        unit=Unit.SHARE,
        definition=_(
            "Of the promises due in the period, the share that was moved, deleted, hidden or "
            "opened again without anybody's agreement. The promise stands all the same."
        ),
        formula=_("promises with an attempted change ÷ promises due"),
        chapter="24",
        lower_is_better=True,
    ),
)
