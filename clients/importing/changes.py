"""Days on which we changed how we work."""

from django.utils.translation import gettext_lazy

from clients.importing.columns import Column
from clients.importing.kind import Kind
from clients.importing.moments import DateCell
from clients.importing.resource import RowsResource
from clients.models import ProcessChange


class ProcessChangeRows(RowsResource):
    happened_on = Column("happened_on", DateCell(), required=True)
    title = Column("title", required=True)
    note = Column("note")

    class Meta:
        model = ProcessChange
        import_id_fields = ("happened_on", "title")


PROCESS_CHANGES = Kind(
    name="process_changes",
    title=gettext_lazy("Changes of process"),
    what=gettext_lazy(
        "What we changed in how we work, and when: a mark on every trend, to see if it helped."
    ),
    resource=ProcessChangeRows,
    example=(("2026-03-02", "Weekly goals are locked on Monday", "Asked for by the pods"),),
)
