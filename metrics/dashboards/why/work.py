"""Rows behind the numbers about work: weekly goals, tasks, tactics."""

from datetime import timedelta
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q

from godview.templatetags.display import day as on_day
from metrics.dashboards.addresses import client_url
from metrics.dashboards.numbers.facts import Facts
from metrics.dashboards.why.rows import Row, Rows, Visible, only
from metrics.queries.deadlines import within
from tasks.models import Tactic, Task, WeeklyGoal
from tasks.models.task import ON_TIME

MONDAY_TO_SUNDAY = timedelta(days=6)
OUTCOMES: dict[str, str] = {Tactic.Outcome.WIN: "good", Tactic.Outcome.LOSS: "bad"}
GOAL_COLUMNS = (
    "client_id",
    "client__name",
    "client__slug",
    "text",
    "status",
    "week_starts_on",
    "manager__name",
)


def weekly_goals(facts: Facts, visible: Visible) -> Rows:
    """Every goal that was promised for a week whose Sunday lies in the period."""
    goals = WeeklyGoal.objects.committed().filter(
        week_starts_on__gte=facts.period.start - MONDAY_TO_SUNDAY,
        week_starts_on__lt=facts.period.end - MONDAY_TO_SUNDAY,
    )
    scope = facts.scope
    if scope.kind == "manager":
        goals = goals.filter(manager=scope.id)
    elif not scope.is_agency:
        goals = goals.filter(scope.clients_on(OuterRef("week_starts_on")))
    told = goals.order_by("-week_starts_on", "client__name", "pk").values_list(
        "client_id",
        "client__name",
        "client__slug",
        "text",
        "status",
        "week_starts_on",
        "manager__name",
    )
    rows = [
        (
            client,
            Row(
                (name, text, _status(status), f"week {week.isocalendar().week}", manager),
                client_url(slug),
                "good" if status == WeeklyGoal.Status.MET else "bad",
            ),
        )
        for client, name, slug, text, status, week, manager in told
    ]
    rows.sort(key=lambda pair: pair[1].state)
    shown, hidden = only(rows, visible)
    return Rows(("Client", "Goal", "Result", "Week", "Manager"), shown, hidden, "goal")


def _status(status: str) -> str:
    """Open after its Sunday counts as missed."""
    return "Missed, never closed" if status == "open" else str(WeeklyGoal.Status(status).label)


def tasks_due(facts: Facts, visible: Visible) -> Rows:
    """Every task whose first due date lies in the period, also open, moved and deleted ones."""
    due = Task.objects.promised_between(facts.period.start, facts.period.end)
    return _tasks(within(facts.scope, due, "first_due_on"), facts, visible)


def tasks_done(facts: Facts, visible: Visible) -> Rows:
    """Every task finished in the period."""
    done = Task.objects.filter(
        completed_on__gte=facts.period.start, completed_on__lt=facts.period.end
    )
    return _tasks(within(facts.scope, done, "completed_on"), facts, visible)


def _tasks(tasks: Any, facts: Facts, visible: Visible) -> Rows:
    """A task in several projects is one row; it shows one of its clients."""
    told: dict[int, tuple[Any, ...]] = {}
    clients: dict[int, set[int]] = {}
    rows = tasks.order_by("first_due_on", "name").values_list(
        "pk",
        "name",
        "gid",
        "first_due_on",
        "completed_on",
        "deleted_at",
        "assignee__name",
        ExpressionWrapper(ON_TIME & Q(completed_at__isnull=False), BooleanField()),
        "memberships__project__client_id",
        "memberships__project__client__name",
    )
    for pk, *columns, client_id, client_name in rows:
        if pk not in told or (told[pk][-1] is None and client_name):
            told[pk] = (*columns, client_name)
        clients.setdefault(pk, set()).add(client_id)
    shown, hidden = [], 0
    for pk, task in told.items():
        if visible is None or clients[pk] & visible:
            shown.append(_task_row(task, facts))
        else:
            hidden += 1
    shown.sort(key=lambda row: row.state)
    heads = ("Task", "Client", "Who", "First due", "Done")
    return Rows(heads, shown, hidden, "task", frozenset({3, 4}))


def _task_row(columns: tuple[Any, ...], facts: Facts) -> Row:
    name, gid, due_on, done_on, deleted_at, assignee, on_time, client = columns
    done = on_day(done_on, facts.as_of) if done_on else "deleted" if deleted_at else "open"
    cells = (
        name or f"Task {gid}",
        client or "–",
        assignee or "nobody",
        on_day(due_on, facts.as_of),
        done,
    )
    return Row(cells, f"https://app.asana.com/0/0/{gid}", "good" if on_time else "bad")


def tactics(facts: Facts, visible: Visible) -> Rows:
    """Every tactic that ended in the period."""
    closed = Tactic.objects.closed_by(facts.period.end).filter(ended_on__gt=facts.period.start)
    if facts.scope.kind == "manager":
        closed = closed.filter(manager=facts.scope.id)
    elif not facts.scope.is_agency:
        closed = closed.filter(facts.scope.clients_on(OuterRef("ended_on")))
    told = closed.order_by("-ended_on", "client__name").values_list(
        "client_id", "client__name", "client__slug", "name", "outcome", "ended_on"
    )
    rows = [
        (
            client,
            Row(
                (client_name, name, Tactic.Outcome(outcome).label, on_day(ended_on, facts.as_of)),
                client_url(slug),
                OUTCOMES.get(outcome, "none"),
            ),
        )
        for client, client_name, slug, name, outcome, ended_on in told
    ]
    shown, hidden = only(rows, visible)
    return Rows(("Client", "Tactic", "Result", "Ended"), shown, hidden, "tactic", frozenset({3}))


def decided_tactics(facts: Facts, visible: Visible) -> Rows:
    """Those that won or lost: what has no clear result is not in the rate."""
    every = tactics(facts, visible)
    rows = [row for row in every.rows if row.state != "none"]
    hidden = 0 if visible is None else facts.tactics.decided - len(rows)
    return Rows(every.columns, rows, hidden, "tactic", every.numeric)
