from godview.translating.later import later as _
from metrics.catalogue.metric import Metric, Unit

METRICS = (
    Metric(
        key="watermelon_rate",
        name=_("Lost while all looked well"),
        unit=Unit.SHARE,
        definition=_(
            "Of the clients who left, the share whose early-warning score was calm (below 40) 30 "
            "days before: green outside, red inside. Those without a score then are left out."
        ),
        formula=_("left with a calm score 30 days before ÷ left with a score then"),
        chapter="27",
        threshold=0.4,
        lower_is_better=True,
    ),
)
