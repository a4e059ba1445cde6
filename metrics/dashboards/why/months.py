"""Rows behind lifetime and lifetime value: the closed months that the churn is taken from."""

from godview.periods import closed_months
from godview.templatetags.display import percent
from metrics.dashboards.numbers.facts import Facts
from metrics.dashboards.why.rows import Row, Rows, Visible
from metrics.formulas.lifetime import CLOSED_MONTHS
from metrics.formulas.retention import churn_between


def churn_by_month(facts: Facts, visible: Visible) -> Rows:
    rows = []
    for month in closed_months(facts.as_of, CLOSED_MONTHS):
        churn = churn_between(facts.belonging(month), month)
        rows.append(
            Row(
                (f"{month.start:%B %Y}", str(churn.whole), str(churn.part), percent(churn.value, 1))
            )
        )
    columns = ("Month", "Clients at the start", "Lost", "Churn")
    return Rows(columns, rows, noun="month", numeric=frozenset({1, 2, 3}))
