"""Departments with what belongs to them: one query each."""

from collections import Counter
from datetime import date

from clients.models import Department, Staff


def departments() -> list[Department]:
    return list(Department.objects.select_related("director").order_by("name"))


def people_by_department(day: date) -> Counter[int]:
    """How many people of each department work here on a day."""
    rows = Staff.objects.working_on(day).filter(department__isnull=False).order_by()
    return Counter(rows.values_list("department_id", flat=True))


def people_of(department: Department, day: date) -> list[Staff]:
    return list(Staff.objects.working_on(day).filter(department=department).order_by("name"))
