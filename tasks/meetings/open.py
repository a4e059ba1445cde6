"""A meeting takes ticks, notes and decisions until it is ended."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tasks.models import Meeting


def hold_open(meeting: Meeting) -> Meeting:
    """The row, held until the transaction ends: of two who write at once the second waits."""
    row = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if row.ended_at is None:
        return row
    if row.kind == Meeting.Kind.GROWTH:
        raise ValidationError(_("This review is over: decide it in the next one."))
    raise ValidationError(_("This meeting is over: decide it in the next one."))
