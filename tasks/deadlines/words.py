"""The ledger in words: how a promise stands, and what happened to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from godview.templatetags.display import day as in_words
from godview.templatetags.display import moment, percent
from tasks.models import Finding, Postponement, Promise, PromiseEvent, Standing

Kind = PromiseEvent.Kind
DATED = {Kind.MOVED, Kind.CLEARED, Kind.ASKED, Kind.POSTPONED, Kind.REFUSED, Kind.REOPENED}
DECISIONS = {Kind.CONFIRMED, Kind.DISMISSED}
OTHER_TASK = {Kind.SUBTASK, Kind.RECREATED}
KINDS = dict(Kind.choices)


@dataclass(frozen=True, slots=True)
class State:
    """A mark and the word beside it."""

    mark: str
    word: str


def state_of(promise: Promise, today: date) -> State:
    """How a promise stands on a day, by the day that is agreed."""
    standing = promise.standing
    match standing.state:
        case Standing.State.DONE:
            done, agreed = standing.completed_on, standing.agreed_on
            return (
                State("watch", _("Done late"))
                if done and done > agreed
                else State("good", _("Done"))
            )
        case Standing.State.MISSED:
            return State("bad", _("Missed"))
        case Standing.State.GONE:
            return State("bad", _("Deleted") if standing.is_gone else _("Withdrawn"))
        case _ if standing.agreed_on < today:
            return State("bad", _("Late"))
        case _:
            return State("none", _("Open"))


@dataclass(frozen=True, slots=True)
class EventLine:
    """One thing that happened: what, from what to what, who, when, and how we know."""

    what: str
    was: str
    now: str
    who: str
    when: str
    how: str
    excuse: str
    note: str
    is_attempt: bool
    task_gid: str

    @property
    def url(self) -> str:
        return asana_url(self.task_gid) if self.task_gid else ""


def asana_url(gid: str) -> str:
    return f"https://app.asana.com/0/0/{gid}"


def event_lines(promise: Promise, events: Iterable[PromiseEvent], today: date) -> list[EventLine]:
    """What was promised, and then everything that happened to it, in order."""
    return [promised(promise, today), *(event_line(event, today) for event in events)]


def promised(promise: Promise, today: date) -> EventLine:
    return EventLine(
        what=_("Promised, added later") if promise.unplanned else _("Promised"),
        was="",
        now=due_in_words(promise.due_on, promise.due_at, today),
        who=promise.owner.name if promise.owner else _("nobody"),
        when=moment(promise.committed_at, today),
        how=promise.get_known_by_display(),
        excuse="",
        note="",
        is_attempt=False,
        task_gid=promise.task.gid if promise.task else "",
    )


def event_line(event: PromiseEvent, today: date) -> EventLine:
    evidence = event.evidence if isinstance(event.evidence, dict) else {}
    finding: Finding | None = getattr(event, "finding", None)
    is_dismissed = finding is not None and finding.state == Finding.State.DISMISSED
    counts = event.kind in PromiseEvent.ATTEMPTS and not event.excuse and not is_dismissed
    return EventLine(
        what=event.get_kind_display(),
        was=_value(event, event.was, today),
        now=_value(event, event.now, today),
        who=event.actor.name if event.actor else event.actor_name or _("not known"),
        when=moment(event.happened_at, today),
        how=event.get_known_by_display(),
        excuse=event.get_excuse_display() if event.excuse else "",
        note=_note(evidence),
        is_attempt=counts,
        task_gid=event.twin.gid if event.twin else str(evidence.get("task", "")),
    )


def due_in_words(due_on: date | None, due_at: datetime | None, today: date) -> str:
    """20 Nov, or with its hour where it has one; “no date” for none."""
    if due_at is not None:
        return moment(due_at, today)
    return in_words(due_on, today) if due_on else _("no date")


def _value(event: PromiseEvent, text: str, today: date) -> str:
    if event.kind in DECISIONS:
        return str(KINDS.get(text, text))
    if event.kind in OTHER_TASK and text:
        return _("task %(gid)s") % {"gid": text}
    if event.kind in DATED:
        return _date(text, today) or (_("no date") if event.kind == Kind.CLEARED else "")
    return text


def _date(text: str, today: date) -> str:
    """A day or a moment as it is stored, in words."""
    try:
        if len(text) == len("2026-11-20"):
            return in_words(date.fromisoformat(text), today)
        return moment(timezone.localtime(datetime.fromisoformat(text)), today)
    except ValueError:
        return text


def _note(evidence: dict[str, object]) -> str:
    """What a person wrote with it: the reason of a request, the note of a decision."""
    reasons = dict(Postponement.Reason.choices)
    given = str(evidence.get("reason", ""))
    reason = str(reasons.get(given, given))
    said = str(evidence.get("text", "") or evidence.get("note", "") or "")
    return ": ".join(part for part in (reason, said) if part)


def sure(score: float) -> str:
    """How sure we are: 1 is certain, and nothing else is."""
    if score >= 1:
        return _("certain")
    return _("%(share)s sure") % {"share": percent(score)}
