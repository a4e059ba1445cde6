"""What the numbers leave behind: limits, kept counts, and what was done about an alarm."""

from metrics.models.attention import AttentionCase, Crossing
from metrics.models.limit import Limit
from metrics.models.snapshot import Snapshot
from metrics.models.wall_link import WallLink
from metrics.models.warning_score import WarningScore

__all__ = ["AttentionCase", "Crossing", "Limit", "Snapshot", "WallLink", "WarningScore"]
