"""Why a number is what it is: its sentence, its formula with the numbers in place, its course,
and the very rows that it was counted from."""

from metrics.dashboards.why.page import Question, Why, why

__all__ = ["Question", "Why", "why"]
