"""A person looks at a finding: it was so, or it was not. Both are written down."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from clients.models import Staff
from tasks.ledger.events import tell
from tasks.models import Finding, Promise, PromiseEvent, Standing

Kind, State = PromiseEvent.Kind, Finding.State


@transaction.atomic
def confirm(*, finding: Finding, by: Staff, now: datetime, note: str = "") -> None:
    """It was so. A task made anew is joined to the first promise, which alone counts."""
    row = _decided(finding, State.CONFIRMED, by, now, note)
    if row.twin is not None:
        _join(row, by, now)
    _tell(row, Kind.CONFIRMED, by, now)


@transaction.atomic
def dismiss(*, finding: Finding, by: Staff, now: datetime, note: str) -> None:
    """It was not so, and why."""
    if not note.strip():
        raise ValidationError({"note": _("Say in a few words why it is in order.")})
    if _is_about(finding, by):
        raise ValidationError(
            _("It is your own promise or your own change: somebody else decides.")
        )
    row = _decided(finding, State.DISMISSED, by, now, note)
    if row.event is not None:
        standing = Standing.objects.select_for_update().get(pk=row.promise_id)
        standing.attempts = max(0, standing.attempts - 1)
        standing.save(update_fields=["attempts"])
    _tell(row, Kind.DISMISSED, by, now)


def _is_about(finding: Finding, by: Staff) -> bool:
    """Their own promise, or their own change of it; a twin has none, but what it was lost by."""
    if finding.event is None:
        own = finding.promise.events.attempts().filter(actor=by).exists()
    else:
        own = finding.event.actor_id == by.pk
    return own or finding.promise.owner_id == by.pk


def _decided(finding: Finding, state: str, by: Staff, now: datetime, note: str) -> Finding:
    row = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    if row.state != State.OPEN:
        word = row.get_state_display().lower()
        raise ValidationError(_("Somebody was quicker: it is %(word)s already.") % {"word": word})
    row.state, row.decided_by, row.decided_at, row.note = state, by, now, note.strip()
    row.full_clean()
    row.save()
    return row


def _join(row: Finding, by: Staff, now: datetime) -> None:
    """The first promise is worked on in the twin now; the twin's own promise only continues it."""
    twin = row.twin
    if twin is None:
        return
    standing = Standing.objects.select_for_update().get(pk=row.promise_id)
    was = standing.carrier.gid if standing.carrier else ""
    standing.carrier = twin
    standing.due_on, standing.due_at = twin.due_on, twin.due_at
    standing.completed_at, standing.completed_on = twin.completed_at, twin.completed_on
    standing.is_gone, standing.is_away = twin.deleted_at is not None, False
    standing.parent_gid = twin.parent.gid if twin.parent else ""
    done = twin.completed_at is not None
    standing.state = Standing.State.DONE if done else Standing.State.OPEN
    standing.attempts += 1
    standing.save()
    copies = Promise.objects.filter(task=twin).exclude(pk=row.promise_id)
    Standing.objects.filter(promise__in=copies).update(continues=row.promise, carrier=None)
    tell(row.promise, Kind.RECREATED, now=now, by=by, was=was, became=twin.gid, twin=twin)


def _tell(row: Finding, kind: PromiseEvent.Kind, by: Staff, now: datetime) -> None:
    evidence = {"finding": row.pk, "score": row.score, "note": row.note}
    tell(row.promise, kind, now=now, by=by, was=row.kind, evidence=evidence)
