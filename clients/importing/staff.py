from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.importing.cells import Cell, ChoiceCell, EmailCell
from clients.importing.columns import Column
from clients.importing.kind import Kind
from clients.importing.moments import DateCell
from clients.importing.resource import RowsResource
from clients.importing.slugs import Slugs
from clients.models import Department, Staff
from godview.access import Role

ROLES = ChoiceCell(
    Role,
    account_manager="am, manager, client manager",
    account_director="ad, director",
    designer="cro designer, design, ui designer",
    salesperson="sales, sales manager, seller",
    marketing="marketer, marketing manager",
    accounting="accountant, finance, bookkeeper, bookkeeping",
    leadership="leader, ceo, coo, founder, owner, partner, management",
)


class DepartmentCell(Cell):
    says = gettext_lazy("The name of a department; one that is not there yet is made.")
    checked = True
    refers = True


class StaffRows(RowsResource):
    external_id = Column("external_id", required=True)
    name = Column("name", required=True)
    email = Column("email", EmailCell())
    role = Column("role", ROLES, required=True)
    department = Column("department", DepartmentCell())
    started_on = Column("started_on", DateCell())
    ended_on = Column("ended_on", DateCell(), note=gettext_lazy("The first day no longer with us."))

    class Meta:
        model = Staff
        import_id_fields = ("external_id",)

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        super().before_import(dataset, **kwargs)
        self.slugs = Slugs(Staff)
        self.departments = {row.name.casefold(): row for row in Department.objects.all()}

    def complete(self, values: dict[str, Any], errors: dict[str, str]) -> None:
        if values.get("department") and not errors:
            values["department"] = self.department_named(values["department"])

    def department_named(self, name: str) -> Department:
        department = self.departments.get(name.casefold())
        if department is None:
            department = Department(name=name, slug=Slugs(Department).new(name))
            department.clean_fields()
            self.sign(department)
            department.save()
            self.departments[name.casefold()] = department
            self.notes.append(
                _("The department “%(name)s” was not there yet and is made.") % {"name": name}
            )
        return department

    def settle(self, instance: Staff, new: bool) -> None:
        instance.slug = instance.slug or self.slugs.new(instance.name, instance.external_id)


STAFF = Kind(
    name="staff",
    title=gettext_lazy("Staff"),
    what=gettext_lazy("The people of the agency, with their role and department."),
    resource=StaffRows,
    example=(
        ("S-01", "Ana Ruiz", "ana@agency.example", "account manager", "Account management",
         "2024-03-01", ""),
        ("S-02", "Leo Sato", "leo@agency.example", "designer", "Design and CRO", "2025-01-13", ""),
    ),
)  # fmt: skip
