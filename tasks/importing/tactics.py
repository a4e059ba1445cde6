from typing import Any

from django.utils.translation import gettext_lazy

from clients.importing.cells import ChoiceCell, ReferenceCell
from clients.importing.columns import Column
from clients.importing.kind import Kind
from clients.importing.moments import DateCell
from clients.importing.numbers import CountCell
from clients.importing.resource import RowsResource
from clients.models import Client, Staff
from tasks.models import Tactic

OUTCOMES = ChoiceCell(
    Tactic.Outcome,
    running="in progress, open, ongoing",
    win="success, yes",
    loss="lose, failed, fail, no",
    inconclusive="draw, neutral, tie, undecided, unclear, flat",
)


class TacticRows(RowsResource):
    client = Column("client", ReferenceCell(Client, "client"), required=True)
    manager = Column("manager", ReferenceCell(Staff, "member of staff"))
    name = Column("name", required=True)
    started_on = Column("started_on", DateCell(), required=True)
    ended_on = Column("ended_on", DateCell(), note=gettext_lazy("The day of the verdict."))
    outcome = Column(
        "outcome", OUTCOMES, keeps=True, note=gettext_lazy("Empty: as it is, or running.")
    )
    metric = Column("metric", note=gettext_lazy("What must move, such as CPA."))
    threshold = Column("threshold", note=gettext_lazy("How far, such as −10 %."))
    window_days = Column(
        "window_days", CountCell(), note=gettext_lazy("How many days it is given.")
    )
    note = Column("note")

    class Meta:
        model = Tactic
        import_id_fields = ("client", "name", "started_on")

    def check_changed(self, instance: Any) -> None:
        """The rule was fixed when the tactic started."""
        if {"metric", "threshold", "window_days"} & set(self.changed):
            instance.clean()


TACTICS = Kind(
    name="tactics",
    title=gettext_lazy("Tactics"),
    what=gettext_lazy("What was tried for a client to move a number, and how it ended."),
    resource=TacticRows,
    example=(
        ("C-001", "S-01", "Call-only ads", "2026-09-01", "2026-10-01", "win"),
        ("C-001", "S-01", "Lookalike audiences", "2026-10-12", "", "running"),
    ),
)
