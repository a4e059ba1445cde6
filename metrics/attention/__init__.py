"""The one ranked list: which clients need a decision, and what exactly is true of them.

Pure: facts in, cases out. A client is on it once, with all its reasons in one row.
"""

from metrics.attention.facts import Case, Facts, Limits, Reason
from metrics.attention.ranking import cases
from metrics.attention.rules import (
    FEWEST_GOALS,
    HIT_RATE_ALARM,
    RULES,
    Rule,
    default_limits,
    sound_limit,
)

__all__ = [
    "FEWEST_GOALS",
    "HIT_RATE_ALARM",
    "RULES",
    "Case",
    "Facts",
    "Limits",
    "Reason",
    "Rule",
    "cases",
    "default_limits",
    "sound_limit",
]
