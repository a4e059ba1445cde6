"""Thirteen weeks of every person, pod or client, a row each."""

from metrics.dashboards.weeks_grid.page import METRICS, ROWS, WeeksGrid, weeks_grid

__all__ = ["METRICS", "ROWS", "WeeksGrid", "weeks_grid"]
