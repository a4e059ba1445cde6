"""A stretch of days, [start, end): the shape of every dated fact about a client."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, F, Model, Q
from django.utils.translation import gettext as _


def ends_after_start(
    name: str, start: str = "started_on", end: str = "ended_on"
) -> CheckConstraint:
    return CheckConstraint(
        name=name,
        condition=Q(**{f"{end}__isnull": True})
        | Q(**{f"{start}__isnull": True})
        | Q(**{f"{end}__gt": F(start)}),
        violation_error_message=(
            _("The end must be after the start: it is the first day that no longer counts.")
        ),
    )


def refuse_overlap(row: Model, what: str, **same: Any) -> None:
    """Raise ValidationError when `row` shares a day with another row of the same kind.

    `same` names what must be equal for two rows to compete, such as `client=row.client`.
    """
    start, end = row.started_on, row.ended_on  # type: ignore[attr-defined]
    others = type(row)._default_manager.filter(**same).exclude(pk=row.pk)
    if end is not None:
        others = others.filter(Q(started_on__isnull=True) | Q(started_on__lt=end))
    if start is not None:
        others = others.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=start))
    other = others.first()
    if other is not None:
        raise ValidationError(
            _(
                "This %(what)s overlaps another one (%(other)s). End that one first, or change "
                "the dates."
            )
            % {"what": what, "other": other}
        )
