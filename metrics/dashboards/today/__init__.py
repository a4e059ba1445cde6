"""Today: what needs a decision, and how clients, pods, departments and people are."""

from metrics.dashboards.today.page import Today, today

__all__ = ["Today", "today"]
