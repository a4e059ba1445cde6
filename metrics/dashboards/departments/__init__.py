"""Departments: does work leave each one on time, and who is in it?"""

from metrics.dashboards.departments.lines import DepartmentLine, department_lines
from metrics.dashboards.departments.page import DepartmentPage, department_page

__all__ = ["DepartmentLine", "DepartmentPage", "department_lines", "department_page"]
