from metrics.catalogue.metric import Metric, Unit

METRICS = (
    Metric(
        key="nps",
        name="Net promoter score",
        unit=Unit.POINTS,
        definition=(
            "Of those who answered in the newest round, the per cent who would recommend us (9 or "
            "10) less the per cent who would not (0 to 6). The last answer of each person counts."
        ),
        formula="(answers 9 and 10 − answers 0 to 6) ÷ answers × 100",
        chapter="18",
        counts="{part} more of {whole}",
    ),
    Metric(
        key="nps_response_rate",
        name="Net promoter score, answered",
        unit=Unit.SHARE,
        definition="Of those who were asked in the newest round, the share who answered.",
        formula="people who answered ÷ people asked",
        chapter="18",
    ),
    Metric(
        key="csi",
        name="Customer satisfaction",
        unit=Unit.SHARE,
        definition=(
            "How satisfied clients are, each thing that the newest round asked about by its "
            "weight. What somebody left out is left out with its weight; each client counts once."
        ),
        formula="mean over clients of Σ weight × rating ÷ Σ weight × highest rating",
        chapter="19",
        counts="{part} over {whole} clients",
    ),
    Metric(
        key="traffic_light_index",
        name="Lights",
        unit=Unit.INDEX,
        definition=(
            "How the weeks of key clients went, as their managers marked them: green +1, yellow 0, "
            "red −1. A week that nobody marked is no colour."
        ),
        formula="(green weeks − red weeks) ÷ marked weeks",
        chapter="22",
        counts="{part} over {whole} weeks",
        beside=("traffic_light_coverage",),
    ),
    Metric(
        key="traffic_light_coverage",
        name="Lights set",
        unit=Unit.SHARE,
        definition="Of the weeks of key clients whom we worked for, the share that got a light.",
        formula="marked weeks ÷ weeks of key clients",
        chapter="22",
    ),
    Metric(
        key="expectation_breach_rate",
        name="Answers owed and late",
        unit=Unit.SHARE,
        definition=(
            "Of what clients owed us by then under the agreement, the share that came late or "
            "never. A later answer undoes nothing; what is not due yet is left out."
        ),
        formula="obligations late or never met ÷ obligations due",
        chapter="25",
        lower_is_better=True,
    ),
    Metric(
        key="lost_days",
        name="Days lost waiting for clients",
        unit=Unit.DAYS,
        definition="Business days that we waited for answers beyond the one that was agreed.",
        formula="sum of business days waited − 1, where more than 1 was waited",
        chapter="25",
        lower_is_better=True,
    ),
)
