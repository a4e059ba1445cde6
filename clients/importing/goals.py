from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.goals import GOAL_DAYS, refuse_a_twin
from clients.importing.cells import Cell, FlagCell, ReferenceCell
from clients.importing.columns import Column
from clients.importing.kind import Kind
from clients.importing.moments import DateCell
from clients.importing.numbers import NumberCell
from clients.importing.resource import RowsResource
from clients.models import Client, ClientGoal, GoalReading, Staff


class GoalRows(RowsResource):
    client = Column("client", ReferenceCell(Client, "client"), required=True)
    name = Column("name", required=True)
    unit = Column("unit")
    baseline = Column("baseline", NumberCell(), required=True)
    target = Column("target", NumberCell(), required=True)
    starts_on = Column("starts_on", DateCell(), required=True)
    ends_on = Column("ends_on", DateCell(), note=gettext_lazy("Empty: 90 days after the start."))
    matters_most = Column("matters_most", FlagCell(), keeps=True)
    agreed_by = Column("agreed_by", ReferenceCell(Staff, "member of staff"))

    class Meta:
        model = ClientGoal
        import_id_fields = ("client", "name", "starts_on")

    def complete(self, values: dict[str, Any], errors: dict[str, str]) -> None:
        if values.get("ends_on", "") is None and values.get("starts_on"):
            values["ends_on"] = values["starts_on"] + timedelta(days=GOAL_DAYS)

    def settle(self, instance: ClientGoal, new: bool) -> None:
        if instance.ends_on is None:
            instance.ends_on = instance.starts_on + timedelta(days=GOAL_DAYS)
        if new:
            refuse_a_twin(instance)


class GoalCell(Cell):
    says = gettext_lazy("The name of a 90-day goal that the client has on that day.")
    checked = True
    refers = True

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value.name)


class RunningGoals:
    """Finds the goal of a client by its name and a day on which it ran."""

    def __init__(self) -> None:
        self._goals: dict[tuple[int, str], list[ClientGoal]] = {}
        for goal in ClientGoal.objects.order_by("starts_on"):
            self._goals.setdefault((goal.client_id, goal.name.casefold()), []).append(goal)

    def on(self, client: Client, name: str, start: date, end: date) -> ClientGoal:
        """The newest that ran between two days. Raises ValueError with a sentence."""
        known = self._goals.get((client.pk, name.casefold()), [])
        running = [goal for goal in known if goal.starts_on <= end and start <= goal.ends_on]
        if not running:
            raise ValueError(
                _(
                    "%(client)s has no goal “%(name)s” that ran on %(day)s. Correct the "
                    "name, or import the goal first."
                )
                % {"client": client, "name": name, "day": start}
            )
        return running[-1]


class ReadingRows(RowsResource):
    client = Column("client", ReferenceCell(Client, "client"), attribute="", required=True)
    goal = Column("goal", GoalCell(), required=True)
    read_on = Column("read_on", DateCell(), required=True)
    value = Column("value", NumberCell(), required=True)
    staff = Column("staff", ReferenceCell(Staff, "member of staff"))
    note = Column("note")

    narrow_by = "read_on"

    class Meta:
        model = GoalReading
        import_id_fields = ("goal", "read_on")

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        super().before_import(dataset, **kwargs)
        self.goals = RunningGoals()

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        return super().filter_export(queryset, **kwargs).select_related("goal__client")

    def dehydrate_client(self, reading: GoalReading) -> str:
        return reading.goal.client.external_id

    def complete(self, values: dict[str, Any], errors: dict[str, str]) -> None:
        if not errors:
            day = values["read_on"]
            try:
                values["goal"] = self.goals.on(values["client"], values["goal"], day, day)
            except ValueError as error:
                errors["goal"] = str(error)


CLIENT_GOALS = Kind(
    name="client_goals",
    title=gettext_lazy("90-day goals"),
    what=gettext_lazy("One number agreed with a client: where it stands and where it must be."),
    resource=GoalRows,
    example=(("C-001", "Cost per lead", "€", "68", "42", "2026-09-26", "", "yes", "S-01"),),
)
GOAL_READINGS = Kind(
    name="goal_readings",
    title=gettext_lazy("Goal readings"),
    what=gettext_lazy("What the number of a 90-day goal was on a day."),
    resource=ReadingRows,
    example=(("C-001", "Cost per lead", "2026-11-18", "57.30", "S-01", ""),),
)
