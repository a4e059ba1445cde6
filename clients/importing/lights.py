"""How the weeks of clients went, as it was marked."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.importing.cells import ChoiceCell, ReferenceCell
from clients.importing.columns import Column
from clients.importing.kind import Kind
from clients.importing.moments import MomentCell, MondayCell
from clients.importing.resource import RowsResource
from clients.lights import refuse_a_week_ahead
from clients.models import Client, Staff, TrafficLight
from godview.periods import WEEK, start_of_day

COLORS = ChoiceCell(
    TrafficLight.Color,
    green="g, good, ok, up, 1, +1",
    yellow="y, amber, orange, nothing, 0",
    red="r, bad, down, -1",
)
INSTANT = timedelta(seconds=1)


class TrafficLightRows(RowsResource):
    """A marking is never changed: another colour for the same week is another marking."""

    client = Column("client", ReferenceCell(Client, "client"), required=True)
    week_starts_on = Column("week_starts_on", MondayCell(), required=True)
    color = Column("color", COLORS, required=True)
    note = Column("note")
    staff = Column("staff", ReferenceCell(Staff, "member of staff"))
    marked_at = Column(
        "marked_at", MomentCell(), keeps=True, note=gettext_lazy("Empty: when its week was over.")
    )

    narrow_by = "week_starts_on"
    settled = ("marked_at",)

    class Meta:
        model = TrafficLight
        import_id_fields = ("client", "week_starts_on", "marked_at")

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        super().before_import(dataset, **kwargs)
        self.last: dict[tuple[int, Any], TrafficLight] = {}
        for light in sorted(self.existing.values(), key=lambda light: (light.marked_at, light.pk)):
            self.last[light.client_id, light.week_starts_on] = light

    def complete(self, values: dict[str, Any], errors: dict[str, str]) -> None:
        if errors:
            return
        if values.get("marked_at") is None:
            values["marked_at"] = self.moment_for(values)
        if values["marked_at"] > self.moment:
            errors["marked_at"] = _("A week is marked before now, not ahead.")
        try:
            refuse_a_week_ahead(values["week_starts_on"], self.moment)
        except ValidationError as refusal:
            errors["week_starts_on"] = refusal.messages[0]

    def moment_for(self, values: dict[str, Any]) -> datetime:
        """That of the marking which says the same already; otherwise when the week was over."""
        week = values["week_starts_on"]
        last = self.last.get((values["client"].pk, week))
        if last and (last.color, last.note) == (values["color"], values.get("note") or ""):
            return last.marked_at
        over = start_of_day(week + WEEK, timezone.get_default_timezone()) - INSTANT
        marked = min(over, self.moment)
        return self.moment if last and last.marked_at >= marked else marked

    def settle(self, instance: TrafficLight, new: bool) -> None:
        instance.marked_at = self.values["marked_at"]

    def check_changed(self, instance: TrafficLight) -> None:
        if {"color", "note"} & set(self.changed):
            raise ValidationError(
                _(
                    "This marking says something else already. To mark the week again, leave "
                    "marked_at empty, or give the moment of the new marking."
                )
            )

    @property
    def moment(self) -> datetime:
        if self.now is None:
            raise TypeError("An import of traffic lights must be told what time it is.")
        return self.now


TRAFFIC_LIGHTS = Kind(
    name="traffic_lights",
    title=gettext_lazy("Traffic lights"),
    what=gettext_lazy(
        "How each client's week went, as its manager marked it. Yellow: nothing happened."
    ),
    resource=TrafficLightRows,
    example=(
        ("C-001", "2026-11-09", "green", "", "S-01", ""),
        ("C-001", "2026-11-16", "red", "Two goals missed, cost per lead rises", "S-01", ""),
    ),
)
