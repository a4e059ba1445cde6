from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from clients.importing.cells import Cell, ChoiceCell, FlagCell, ReferenceCell
from clients.importing.columns import Column
from clients.importing.goals import GoalCell, RunningGoals
from clients.importing.kind import Kind
from clients.importing.moments import MomentCell, MondayCell
from clients.importing.resource import RowsResource
from clients.models import Client, Staff
from godview.periods import WEEK, start_of_day
from tasks.ledger.goals import keep
from tasks.models import Promise, WeeklyGoal
from tasks.weeks import locks_at

STATUSES = ChoiceCell(
    WeeklyGoal.Status,
    open="planned, in progress, todo, to do",
    met="hit, done, yes, achieved, completed, complete, reached",
    missed="not met, failed, fail, no, miss, not done",
    postponed="moved, deferred, postpone",
    deleted="withdrawn, cancelled, canceled, dropped, removed",
)


class PromiseCell(Cell):
    """A goal's words, with single spaces."""

    def meaning(self, text: str) -> str:
        return " ".join(text.split())


class WeeklyGoalRows(RowsResource):
    """Weekly goals of the past and of now; what is not told was promised when its week locked."""

    client = Column("client", ReferenceCell(Client, "client"), required=True)
    manager = Column("manager", ReferenceCell(Staff, "member of staff"), required=True)
    week_starts_on = Column("week_starts_on", MondayCell(), required=True)
    text = Column("text", PromiseCell(), required=True)
    status = Column("status", STATUSES, keeps=True, note=gettext_lazy("Empty: as it is, or open."))
    committed_at = Column(
        "committed_at",
        MomentCell(),
        keeps=True,
        note=gettext_lazy("Empty: when its week was locked."),
    )
    unplanned = Column(
        "unplanned",
        FlagCell(),
        keeps=True,
        note=gettext_lazy("Empty: whether it came after the lock."),
    )
    client_goal = Column("client_goal", GoalCell(), note=gettext_lazy("Empty: none."))
    closed_at = Column(
        "closed_at", MomentCell(), keeps=True, note=gettext_lazy("Empty: when its week was over.")
    )
    note = Column("note")

    narrow_by = "week_starts_on"
    settled = ("committed_at", "unplanned", "closed_at", "version")

    class Meta:
        model = WeeklyGoal
        import_id_fields = ("client", "week_starts_on", "text")

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        super().before_import(dataset, **kwargs)
        self.goals = RunningGoals() if "client_goal" in dataset.headers else None

    def complete(self, values: dict[str, Any], errors: dict[str, str]) -> None:
        if errors or self.goals is None or not values["client_goal"]:
            return
        week, name = values["week_starts_on"], values["client_goal"]
        try:
            values["client_goal"] = self.goals.on(values["client"], name, week, week + WEEK)
        except ValueError as error:
            errors["client_goal"] = str(error)

    def settle(self, instance: WeeklyGoal, new: bool) -> None:
        lock = locks_at(instance.week_starts_on)
        if new and instance.committed_at is None and lock <= self.moment:
            instance.committed_at = lock
        if "unplanned" not in self.changed or self.values.get("unplanned") is None:
            late = instance.committed_at is not None and instance.committed_at > lock
            instance.unplanned = late if new else instance.unplanned or late
        if new and lock <= self.moment and self._has_promises(instance):
            instance.unplanned = True  # easy goals after the fact
        self.close(instance)
        if not new:
            instance.version += 1

    def _has_promises(self, goal: WeeklyGoal) -> bool:
        """Whether the client's week was told before this file: then it is not planned any more."""
        told = Promise.objects.filter(weekly_goal__week_starts_on=goal.week_starts_on)
        return told.filter(client=goal.client_id).exists()

    def write(self, result: Any) -> None:
        super().write(result)
        keep(WeeklyGoal.objects.all(), self.moment)

    def close(self, instance: WeeklyGoal) -> None:
        if instance.status == WeeklyGoal.Status.OPEN:
            instance.closed_at = None
        elif instance.closed_at is None:
            over = start_of_day(instance.week_starts_on + WEEK, timezone.get_default_timezone())
            instance.closed_at = min(over, self.moment)

    @property
    def moment(self) -> datetime:
        if self.now is None:
            raise TypeError("An import of weekly goals must be told what time it is.")
        return self.now


WEEKLY_GOALS = Kind(
    name="weekly_goals",
    title=gettext_lazy("Weekly goals"),
    what=gettext_lazy("What was promised to each client for a week, and whether it was kept."),
    resource=WeeklyGoalRows,
    example=(
        ("C-001", "S-01", "2026-11-16", "Rebuild call-only ad groups", "met"),
        ("C-001", "S-01", "2026-11-16", "Agree the new booking form", "missed"),
    ),
)
