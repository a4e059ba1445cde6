"""The one ranked list: which clients need a decision, and what exactly is true of them.

Pure: facts in, cases out. A client is on it once, with all its reasons in one row.
"""

from metrics.attention.checks import FEWEST_GOALS, MOVED_DAYS, REPLY_DAYS
from metrics.attention.facts import Case, Facts, Limits, Reason
from metrics.attention.ranking import cases
from metrics.attention.rule import Rule
from metrics.attention.rules import RULES, default_limits

__all__ = [
    "FEWEST_GOALS",
    "MOVED_DAYS",
    "REPLY_DAYS",
    "RULES",
    "Case",
    "Facts",
    "Limits",
    "Reason",
    "Rule",
    "cases",
    "default_limits",
]
