"""Which clients deserve more of us, and which less."""

from metrics.dashboards.segments.page import Asked, Member, SegmentsPage, segments_page

__all__ = ["Asked", "Member", "SegmentsPage", "segments_page"]
