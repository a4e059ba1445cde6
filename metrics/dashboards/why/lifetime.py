"""Rows behind lifetime and lifetime value: in which of the closed months each client was there."""

from functools import partial

from godview.periods import closed_months
from godview.templatetags.display import day as on_day
from godview.templatetags.display import noun
from godview.translating.later import later
from metrics.dashboards.numbers import Facts
from metrics.dashboards.why.clients import TEAM
from metrics.dashboards.why.reader import Reader
from metrics.dashboards.why.rows import NOTHING, Cells, Column, Kind, Row, Rows, added
from metrics.formulas.lifetime import CLOSED_MONTHS
from metrics.formulas.ratio import Ratio
from metrics.formulas.retention import Tenure, churn_between

COLUMNS = (
    *TEAM,
    Column(later("With us since"), Kind.DAY),
    Column(later("Left")),
    Column(later("Months lost in"), Kind.COUNT),
    Column(later("Months counted"), Kind.COUNT),
)


def churn(facts: Facts, reader: Reader) -> Rows:
    """Client-months, client by client; those who left first."""
    found = [(tenure, _months(tenure, facts)) for tenure in facts.book.tenures.values()]
    behind = [(tenure, ratio) for tenure, ratio in found if ratio != NOTHING]
    seen = [one for one in behind if reader.sees(one[0].client)]
    seen.sort(key=lambda one: (-one[1].part, reader.names[one[0].client].name))
    shown = [
        Row(
            partial(_cells, tenure, ratio, facts, reader),
            ratio,
            state="bad" if ratio.part else "",
        )
        for tenure, ratio in seen
    ]
    return Rows(COLUMNS, shown, len(behind), noun("client"))


def _cells(tenure: Tenure, ratio: Ratio, facts: Facts, reader: Reader) -> Cells:
    return (
        reader.client(tenure.client),
        *reader.team(tenure.client),
        tenure.began,
        _left(tenure, facts),
        ratio.part,
        ratio.whole,
    )


def _months(tenure: Tenure, facts: Facts) -> Ratio:
    """In how many months the client was lost, of those in which it could have been."""
    return added(
        churn_between([tenure], month)
        for month in closed_months(facts.as_of, CLOSED_MONTHS)
        if tenure.covers(month.start) and facts.roster.has(tenure.client, month.start)
    )


def _left(tenure: Tenure, facts: Facts) -> str:
    first = closed_months(facts.as_of, CLOSED_MONTHS)[0].start
    ends = [x.end for x in tenure.spells if x.end and first < x.end <= facts.as_of]
    return ", ".join(on_day(end, facts.as_of) for end in ends)


ROWS = dict.fromkeys(
    (
        "monthly_churn_rate",
        "lifetime_months",
        "lifetime_months_at_least",
        "ltv_revenue",
        "ltv_margin",
    ),
    churn,
)
