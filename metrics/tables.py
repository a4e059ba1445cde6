"""The columns of the clients table: how they sort, and what their CSV holds."""

from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from godview.folding import by_letters
from metrics.dashboards.portfolio import Line
from metrics.formulas.early_warning import WarningScore

NUMBER = {"th": {"class": "num"}}
WORST_FIRST = {"bad": 0, "watch": 1, "good": 2, "none": 3}


class ClientsTable(tables.Table):
    name = tables.Column(gettext_lazy("Client"), order_by="sort_name")
    light = tables.Column(gettext_lazy("Light"), order_by=("light_rank", "sort_name"))
    pace = tables.Column(gettext_lazy("Pace"), order_by=("pace_rank", "pace_ratio", "sort_name"))
    warning = tables.Column(
        gettext_lazy("Warning"), attrs=NUMBER, order_by=("warning_rank", "sort_name")
    )
    days = tables.Column(gettext_lazy("Days since contact"), attrs=NUMBER, order_by="days_rank")
    goals = tables.Column(gettext_lazy("Goals hit, 4 wks"), attrs=NUMBER, order_by="goals_rank")
    mrr = tables.Column(gettext_lazy("MRR"), attrs=NUMBER, order_by="mrr_rank")
    rcm = tables.Column(gettext_lazy("RCM"), attrs=NUMBER, order_by="rcm_rank")
    manager = tables.Column(gettext_lazy("Manager"), order_by=("manager", "sort_name"))
    pod = tables.Column(gettext_lazy("Pod"), order_by=("pod", "sort_name"))
    since = tables.Column(gettext_lazy("With us since"), attrs=NUMBER)

    class Meta:
        orderable = True
        order_by = ("name",)


def table_row(line: Line, score: WarningScore | None, rcm: str | None) -> dict[str, Any]:
    """Raw values to sort and export by; what is unknown sorts last."""
    met, committed = line.goals.met, line.goals.committed
    warning = score.value if score else None
    return {
        "line": line,
        "name": line.who.name,
        "sort_name": by_letters(line.who.name),
        "light": line.light_words,
        "light_rank": WORST_FIRST[line.light],
        "rcm": rcm,
        "rcm_rank": 1 if rcm is None else -int(rcm),
        "pace": line.pace_words,
        "pace_rank": WORST_FIRST[line.pace_state],
        "pace_ratio": line.pace.ratio if line.pace and line.pace.ratio is not None else 99.0,
        "warning": warning,
        "warning_rank": 101.0 if warning is None else -warning,
        "score": score,
        "days": line.days,
        "days_rank": -1 if line.days is None else line.days,
        "goals": (_("%(met)s of %(committed)s") % {"met": met, "committed": committed})
        if committed
        else None,
        "goals_rank": met / committed if committed else 2.0,
        "mrr": line.mrr,
        "mrr_rank": -1 if line.mrr is None else line.mrr,
        "manager": line.who.manager or "",
        "pod": line.who.pod or "",
        "since": line.since,
    }


COLOURS = {"good": "green", "watch": "yellow", "bad": "red", "none": ""}
CSV_HEADER = (
    "client", "slug", "industry", "pod", "account_manager", "pace", "pace_ratio",
    "warning_score", "days_since_contact", "goals_met_4_weeks", "goals_set_4_weeks", "mrr",
    "with_us_since", "department", "light", "rcm",
)  # fmt: skip


def csv_row(line: Line, score: WarningScore | None, rcm: str | None) -> tuple[Any, ...]:
    """Raw numbers and ISO dates."""
    ratio = line.pace.ratio if line.pace else None
    warning = score.value if score else None
    return (
        line.who.name,
        line.who.slug,
        line.who.industry,
        line.who.pod,
        line.who.manager,
        line.pace_words,
        None if ratio is None else round(ratio, 4),
        None if warning is None else round(warning, 1),
        line.days,
        line.goals.met,
        line.goals.committed,
        None if line.mrr is None else round(line.mrr, 2),
        line.since.isoformat(),
        line.who.department,
        COLOURS[line.light],
        rcm,
    )
