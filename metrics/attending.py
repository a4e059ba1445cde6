"""What is done about alarms: they are opened and cleared once, assigned, put off and closed."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from clients.models import Client, Staff
from godview.templatetags.display import day as in_words
from metrics.attention import Case
from metrics.attention.crossings import changes
from metrics.dashboards.cases import all_cases
from metrics.dashboards.portfolio import all_lines
from metrics.models import AttentionCase, Crossing
from metrics.queries.stamps import read_stamps

LONGEST_SNOOZE = timedelta(days=14)


def refresh(now: datetime, only: Client | None = None) -> int:
    """Open what was crossed, clear what is kept again; how many of these there were.

    To look twice changes nothing: a rule fires once, until it is kept again.
    """
    stamps, today = read_stamps(), timezone.localdate(now)
    found = all_cases(all_lines(stamps, today), stamps, now)
    return record([case for case in found if only is None or case.client == only.pk], today, only)


@transaction.atomic
def record(cases: Iterable[Case], today: date, only: Client | None = None) -> int:
    """Write down what changed since the last look."""
    now = {case.client: case for case in cases}
    standing = Crossing.objects.standing().select_for_update()
    if only is not None:
        standing = standing.filter(client=only)
    rows = {(row.client_id, row.rule): row for row in standing}
    known: dict[int, frozenset[str]] = {}
    for client, rule in rows:
        known[client] = known.get(client, frozenset()) | {rule}
    changed = changes(known, {client: case.rules for client, case in now.items()})
    cleared = [rows[change.client, change.rule].pk for change in changed.cleared]
    Crossing.objects.filter(pk__in=cleared).update(cleared_on=today)
    homes = {client: _woken(client, today) for client in {one.client for one in changed.crossed}}
    reasons = {(c.client, r.rule): r for c in now.values() for r in c.reasons}
    crossed = [
        Crossing(
            case=homes[client],
            client_id=client,
            rule=rule,
            bad=reasons[client, rule].bad,
            fact=reasons[client, rule].words[:300],
            crossed_on=today,
        )
        for client, rule in changed.crossed
    ]
    Crossing.objects.bulk_create(crossed, ignore_conflicts=True)
    over = AttentionCase.objects.open().exclude(client__in=now.keys())
    for case in over.filter(client=only) if only is not None else over:
        _end(case, today)
    return len(crossed) + len(cleared)


def _woken(client: int, today: date) -> AttentionCase:
    """The client's open case, awake; a new one if there is none."""
    case, is_new = AttentionCase.objects.get_or_create(
        client_id=client, ended_on=None, defaults={"opened_on": today}
    )
    if not is_new and case.snoozed_until is not None:
        case.snoozed_until, case.snooze_reason = None, ""
        _save(case)
    return case


def _end(case: AttentionCase, today: date) -> None:
    case.ended_on = today
    _save(case)


def _save(case: AttentionCase) -> None:
    case.version += 1
    case.save()


@transaction.atomic
def assign(
    *, client: Client, owner: Staff, next_action: str, due_on: date, version: int, now: datetime
) -> AttentionCase:
    """Who sees to it, what they do next, and until when."""
    case = _case_to_change(client, version, now)
    if due_on < timezone.localdate(now):
        raise ValidationError("The day lies in the past. Choose today or later.")
    case.owner, case.next_action, case.due_on = owner, next_action, due_on
    _save(case)
    return case


@transaction.atomic
def snooze(
    *, client: Client, until: date, reason: str, version: int, now: datetime
) -> AttentionCase:
    """Put it off until a day; it comes back earlier when a new rule is crossed."""
    today = timezone.localdate(now)
    case = _case_to_change(client, version, now)
    if not today < until <= today + LONGEST_SNOOZE:
        last = in_words(today + LONGEST_SNOOZE, today)
        raise ValidationError(f"Choose a day from tomorrow to {last}: two weeks at most.")
    case.snoozed_until, case.snooze_reason = until, reason
    _save(case)
    return case


@transaction.atomic
def close(
    *, client: Client, by: Staff | None, reason: str, version: int, now: datetime
) -> AttentionCase:
    """Nothing more is to be done; it is opened again when a new rule is crossed."""
    case = _case_to_change(client, version, now)
    case.closed_by, case.close_reason = by, reason
    _end(case, timezone.localdate(now))
    return case


@transaction.atomic
def reopen(*, client: Client) -> AttentionCase:
    """Take back that it was put off or closed."""
    case = AttentionCase.objects.select_for_update().filter(client=client).open().first()
    if case is None:
        case = (
            AttentionCase.objects.select_for_update()
            .filter(client=client)
            .order_by("-ended_on", "-pk")
            .first()
        )
    if case is None:
        raise ValidationError("There is nothing to open again.")
    case.ended_on, case.closed_by, case.close_reason = None, None, ""
    case.snoozed_until, case.snooze_reason = None, ""
    _save(case)
    return case


def _case_to_change(client: Client, version: int, now: datetime) -> AttentionCase:
    """The open case, unless somebody changed it since the reader saw it (0: saw none)."""
    refresh(now, only=client)
    case = AttentionCase.objects.select_for_update().filter(client=client).open().first()
    if case is None:
        raise ValidationError("Nothing waits for a decision here any more: it was closed.")
    if case.version != version and not (version == 0 and case.version == 1):
        raise ValidationError(
            f"Somebody changed this meanwhile: {how_it_stands(case)}. Look again."
        )
    return case


def how_it_stands(case: AttentionCase) -> str:
    if case.snoozed_until is not None:
        return f"put off until {case.snoozed_until}, {case.snooze_reason}"
    if case.owner is not None:
        return f"{case.owner.name} sees to it, {case.next_action} until {case.due_on}"
    return "nobody sees to it"
