"""Why a number is what it is, for programs: what its page shows, without the page."""

from datetime import date
from typing import Any

from godview.periods import Period
from metrics.catalogue import CATALOGUE
from metrics.dashboards.onward import Onward
from metrics.dashboards.why import Question, why
from metrics.queries.scopes import Scope


def explained(
    key: str, scope: Scope, period: Period, as_of: date, known_on: date | None, user: Any
) -> dict[str, Any]:
    """The sum with its numbers in place, the last 13 values, and the rows that `user` may see."""
    question = Question(CATALOGUE[key], scope, period, as_of, str(scope), str(period), known_on)
    page = why(question, user, Onward(as_of=as_of.isoformat(), period=str(period)))
    return {
        "worked": page.worked,
        "course": [
            {"label": value.label, "value": value.text, "told": value.told}
            for value in page.course.values
        ],
        "columns": page.header,
        "rows": [[_plain(cell) for cell in row] for row in page.raw_rows()],
        "rows_in_all": page.rows.total,
    }


def _plain(cell: Any) -> Any:
    return cell if cell is None or isinstance(cell, bool | int | float | str) else str(cell)
