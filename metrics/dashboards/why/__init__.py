"""Why a number is what it is: its sentence, its formula with the numbers in place, its rows."""

from metrics.dashboards.why.page import Why, why

__all__ = ["Why", "why"]
