from typing import Any

from django.utils.translation import gettext_lazy

from clients.importing.cells import ReferenceCell
from clients.importing.columns import Column
from clients.importing.kind import Kind
from clients.importing.moments import DateCell
from clients.importing.resource import RowsResource
from clients.importing.slugs import Slugs
from clients.models import Department, Pod, PodMembership, Staff


class PodRows(RowsResource):
    external_id = Column("external_id", required=True)
    name = Column("name", required=True)
    department = Column("department", ReferenceCell(Department, "department", field="name"))

    class Meta:
        model = Pod
        import_id_fields = ("external_id",)

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        super().before_import(dataset, **kwargs)
        self.slugs = Slugs(Pod)

    def settle(self, instance: Pod, new: bool) -> None:
        instance.slug = instance.slug or self.slugs.new(instance.name, instance.external_id)


class PodMemberRows(RowsResource):
    pod = Column("pod", ReferenceCell(Pod, "pod"), required=True)
    staff = Column("staff", ReferenceCell(Staff, "member of staff"), required=True)
    started_on = Column("started_on", DateCell(), note=gettext_lazy("Empty: since the pod began."))
    ended_on = Column(
        "ended_on", DateCell(), note=gettext_lazy("The first day no longer in the pod.")
    )

    overlapping = "membership"

    class Meta:
        model = PodMembership
        import_id_fields = ("pod", "staff", "started_on")


PODS = Kind(
    name="pods",
    title=gettext_lazy("Pods"),
    what=gettext_lazy("The teams that serve clients together."),
    resource=PodRows,
    example=(("P-A", "Andes", ""), ("P-B", "Boreal", "")),
)
POD_MEMBERS = Kind(
    name="pod_members",
    title=gettext_lazy("Pod members"),
    what=gettext_lazy("Who was in which pod, and when."),
    resource=PodMemberRows,
    example=(("P-A", "S-01", "2024-03-01", ""), ("P-A", "S-02", "2025-01-13", "2026-02-01")),
)
