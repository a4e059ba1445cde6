"""My week: what each of a manager's clients was promised, and what is still missing."""

from metrics.dashboards.week.page import WeekPage, week_page
from metrics.dashboards.week.row import GoalLine, Trouble, WeekRow

__all__ = ["GoalLine", "Trouble", "WeekPage", "WeekRow", "week_page"]
