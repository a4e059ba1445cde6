"""The agency's own limits: from a day on, by whom; those of the days before stay as they were."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from clients.models import Staff
from metrics.attention import RULES
from metrics.models import Limit


@transaction.atomic
def set_limits(*, values: Mapping[str, float], by: Staff | None, today: date) -> list[Limit]:
    """From today on these hold. Set twice on a day, the last one counts."""
    for key, value in values.items():
        check_limit(key, value)
    return [
        Limit.objects.update_or_create(
            key=key, starts_on=today, defaults={"value": value, "set_by": by}
        )[0]
        for key, value in values.items()
    ]


def check_limit(key: str, value: float) -> None:
    rule = RULES.get(key)
    if rule is None or not rule.unit:
        raise ValidationError({"key": _("There is no limit to set for “%(key)s”.") % {"key": key}})
    if not rule.allows(value):
        raise ValidationError(
            {
                "value": (
                    _("A number from %(rule_lowest)s to %(rule_highest)s.")
                    if rule.has_decimals
                    else _("A whole number from %(rule_lowest)s to %(rule_highest)s.")
                )
                % {
                    "rule_lowest": f"{rule.lowest:g}",
                    "rule_highest": f"{rule.highest:g}",
                }
            }
        )
