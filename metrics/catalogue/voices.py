from godview.translating.later import later as _
from metrics.catalogue.metric import Metric, Unit

METRICS = (
    Metric(
        key="nps",
        name=_("Net promoter score"),
        unit=Unit.POINTS,
        definition=_(
            "Of those who answered in the newest round, the per cent who would recommend us (9 or "
            "10) less the per cent who would not (0 to 6). The last answer of each person counts."
        ),
        formula=_("(answers 9 and 10 − answers 0 to 6) ÷ answers × 100"),
        chapter="18",
        counts=_("{part} more of {whole}"),
    ),
    Metric(
        key="nps_response_rate",
        name=_("Net promoter score, answered"),
        unit=Unit.SHARE,
        definition=_("Of those who were asked in the newest round, the share who answered."),
        formula=_("people who answered ÷ people asked"),
        chapter="18",
    ),
    Metric(
        key="csi",
        name=_("Customer satisfaction"),
        unit=Unit.SHARE,
        definition=_(
            "How satisfied clients are, each thing that the newest round asked about by its "
            "weight. What somebody left out is left out with its weight; each client counts once."
        ),
        formula=_("mean over clients of Σ weight × rating ÷ Σ weight × highest rating"),
        chapter="19",
        counts=_("{part} over {whole} clients"),
    ),
    Metric(
        key="traffic_light_index",
        name=_("Lights"),
        unit=Unit.INDEX,
        definition=_(
            "How the weeks of key clients went, as their managers marked them: green +1, yellow 0, "
            "red −1. A week that nobody marked is no colour."
        ),
        formula=_("(green weeks − red weeks) ÷ marked weeks"),
        chapter="22",
        counts=_("{part} over {whole} weeks"),
        beside=("traffic_light_coverage",),
    ),
    Metric(
        key="traffic_light_coverage",
        name=_("Lights set"),
        unit=Unit.SHARE,
        definition=_("Of the weeks of key clients whom we worked for, the share that got a light."),
        formula=_("marked weeks ÷ weeks of key clients"),
        chapter="22",
    ),
    Metric(
        key="expectation_breach_rate",
        name=_("Answers owed and late"),
        unit=Unit.SHARE,
        definition=_(
            "Of what clients owed us by then under the agreement, the share that came late or "
            "never. A later answer undoes nothing; what is not due yet is left out."
        ),
        formula=_("obligations late or never met ÷ obligations due"),
        chapter="25",
        lower_is_better=True,
    ),
    Metric(
        key="lost_days",
        name=_("Days lost waiting for clients"),
        unit=Unit.DAYS,
        definition=_("Business days that we waited for answers beyond the one that was agreed."),
        formula=_("sum of business days waited − 1, where more than 1 was waited"),
        chapter="25",
        lower_is_better=True,
    ),
)
