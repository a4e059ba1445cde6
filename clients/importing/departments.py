from typing import Any

from django.utils.translation import gettext_lazy

from clients.importing.cells import ReferenceCell
from clients.importing.columns import Column
from clients.importing.kind import Kind
from clients.importing.resource import RowsResource
from clients.importing.slugs import Slugs
from clients.models import Department, Staff


class DepartmentRows(RowsResource):
    name = Column("name", required=True)
    director = Column("director", ReferenceCell(Staff, "member of staff"))

    class Meta:
        model = Department
        import_id_fields = ("name",)

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        super().before_import(dataset, **kwargs)
        self.slugs = Slugs(Department)

    def settle(self, instance: Department, new: bool) -> None:
        instance.slug = instance.slug or self.slugs.new(instance.name)


DEPARTMENTS = Kind(
    name="departments",
    title=gettext_lazy("Departments"),
    what=gettext_lazy("Parts of the agency that work is handed to, and the director of each."),
    resource=DepartmentRows,
    example=(("Paid media", "S-02"), ("Design and CRO", "")),
)
