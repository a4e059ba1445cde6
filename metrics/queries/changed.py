"""Has a fact about the time up to a day been entered or changed since a moment?"""

from datetime import date, datetime
from functools import cache

from django.db import connection
from django.db.models import Model

from godview.periods import DAY
from metrics.models import Limit
from metrics.queries.known import facts_with_history

# The first day on which a row of these can matter. Any change of the others may matter always.
MATTERS_FROM = {
    "clients.Assignment": "started_on",
    "clients.Capacity": "starts_on",
    "clients.ClientGoal": "starts_on",
    "clients.Cost": "spent_on",
    "clients.CsiAnswer": "answered_on",
    "clients.Engagement": "started_on",
    "clients.ExchangeRate": "starts_on",
    "clients.Fee": "starts_on",
    "clients.GoalReading": "read_on",
    "clients.GrossMargin": "starts_on",
    "clients.Invoice": "issued_on",
    "clients.NpsAnswer": "answered_on",
    "clients.Obligation": "asked_at",
    "clients.Pause": "started_on",
    "clients.PodMembership": "started_on",
    "clients.Refusal": "refused_on",
    "clients.SurveyRequest": "sent_on",
    "clients.Touchpoint": "happened_on",
    "clients.TrafficLight": "week_starts_on",
    "tasks.ArmReading": "read_on",
    "tasks.Experiment": "started_on",
    "tasks.Tactic": "started_on",
    "tasks.WeeklyGoal": "week_starts_on",
    "metrics.Limit": "starts_on",
    "training.Completion": "completed_on",
}
# These are in no number of the agency or of a team.
IN_NO_NUMBER = {
    "clients.ApiToken",
    "clients.Contact",
    "clients.ProcessChange",
    "clients.SegmentRule",
    "tasks.AsanaConnection",
    "tasks.AsanaUser",
    "tasks.Project",
    "tasks.WeekNote",
    "training.CoachingPlan",
}


def changed_since(moment: datetime, day: date) -> bool:
    """One query over the newest ends of the histories, however long they are.

    A row that was moved matters where it was, too: so it is every line of the row that counts.
    """
    with connection.cursor() as cursor:
        cursor.execute(_question(), {"moment": moment, "day": day, "next_day": day + DAY})
        return bool(cursor.fetchone()[0])


@cache
def _question() -> str:
    parts = []
    models: list[type[Model]] = [*facts_with_history(), Limit]
    for model in models:
        label = model._meta.label
        if label in IN_NO_NUMBER:
            continue
        table = connection.ops.quote_name(
            model.history.model._meta.db_table  # type: ignore[attr-defined]
        )
        since = f"SELECT 1 FROM {table} l WHERE l.history_date >= %(moment)s"  # noqa: S608
        column = MATTERS_FROM.get(label)
        if column:
            first = (
                f"CAST(m.{column} AS date)"
                if connection.vendor == "postgresql"
                else (f"date(m.{column})")
            )
            # A moment's day, as the database tells it, may be a day ahead of the agency's.
            limit = "%(next_day)s" if column.endswith("_at") else "%(day)s"
            since += (
                f" AND EXISTS (SELECT 1 FROM {table} m WHERE m.id = l.id"  # noqa: S608
                f" AND (m.{column} IS NULL OR {first} <= {limit}))"
            )
        parts.append(f"EXISTS ({since})")
    return "SELECT " + " OR ".join(parts)
