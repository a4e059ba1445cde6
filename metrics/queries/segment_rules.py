"""The agency's own rules for its segments."""

from clients.models import SegmentRule


def rules() -> dict[str, str]:
    return dict(SegmentRule.objects.values_list("code", "rule"))
