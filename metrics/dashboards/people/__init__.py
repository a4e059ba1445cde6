"""People: everybody by name, never ranked; one person against their own past."""

from metrics.dashboards.people.lines import PersonLine, person_lines
from metrics.dashboards.people.page import PersonPage, person_page

__all__ = ["PersonLine", "PersonPage", "person_lines", "person_page"]
