"""Who answers for a client: somebody else begins on a day, and the past stays as it was."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from clients.models import Assignment, Client, Pod, Staff
from godview.templatetags.display import day as in_words


@transaction.atomic
def assign(
    *, client: Client, on: date, pod: Pod | None = None, account_manager: Staff | None = None
) -> Assignment | None:
    """Hand a client to a pod, a manager or both from `on`; the other one stays as it is.

    None when nothing changes.
    """
    current = client.assignments.select_for_update().filter(ended_on=None).first()
    following = Assignment(
        client=client,
        pod=pod or (current.pod if current else None),
        account_manager=account_manager or (current.account_manager if current else None),
        started_on=on,
    )
    if current is None:
        return _saved(following)
    if (current.pod, current.account_manager) == (following.pod, following.account_manager):
        return None
    if current.started_on is not None and current.started_on >= on:
        if current.started_on > on:
            raise ValidationError(
                _("%(client)s is handed over on %(current_started_on)s already: change that one.")
                % {"client": client, "current_started_on": in_words(current.started_on)}
            )
        current.pod, current.account_manager = following.pod, following.account_manager
        return _saved(current)
    current.ended_on = on
    _saved(current)
    return _saved(following)


def _saved(row: Assignment) -> Assignment:
    row.full_clean()
    row.save()
    return row
