"""What is done about alarms: they are opened and cleared once, assigned, put off and closed."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from clients.models import Client, Staff
from godview.templatetags.display import day as in_words
from metrics.attention import Case
from metrics.attention.crossings import changes
from metrics.dashboards.cases import all_cases
from metrics.dashboards.portfolio import all_lines
from metrics.models import AttentionCase, Crossing
from metrics.queries.stamps import Stamps, read_stamps

LONGEST_SNOOZE = timedelta(days=14)
# What a decision changes, and its undo brings back.
DECIDED = (
    "owner_id",
    "next_action",
    "due_on",
    "snoozed_until",
    "snooze_reason",
    "closed_by_id",
    "close_reason",
    "ended_on",
)


def refresh(now: datetime, only: Client | None = None) -> int:
    """Open what was crossed, clear what is kept again; how many of these there were.

    To look twice changes nothing: a rule fires once, until it is kept again.
    """
    stamps = read_stamps()
    cases = _broken(stamps, now)
    with transaction.atomic():
        concerned = {only.pk} if only is not None else _unlike_the_rows(cases)
        _lock(concerned)
        if (fresh := read_stamps()) != stamps:  # somebody was quicker: an old look fires nothing
            cases = _broken(fresh, now)
        return _record(cases, concerned, timezone.localdate(now))


def _broken(stamps: Stamps, now: datetime) -> list[Case]:
    return all_cases(all_lines(stamps, timezone.localdate(now)), stamps, now)


@transaction.atomic
def record(cases: Sequence[Case], today: date, only: Client | None = None) -> int:
    """Write down what changed since the last look."""
    concerned = {only.pk} if only is not None else _unlike_the_rows(cases)
    _lock(concerned)
    return _record(cases, concerned, today)


def _unlike_the_rows(cases: Iterable[Case]) -> set[int]:
    """Clients of whom the rows do not tell what is true."""
    known, now = _known(Crossing.objects.standing()), {case.client: case.rules for case in cases}
    told = changes(known, now)
    is_open = set(AttentionCase.objects.open().values_list("client_id", flat=True))
    return {change.client for change in told.crossed + told.cleared} | (is_open - now.keys())


def _lock(clients: Iterable[int]) -> None:
    """Of two who look at a client at once the second waits, and then sees what the first did."""
    rows = Client.objects.filter(pk__in=clients).order_by("pk").select_for_update(no_key=True)
    list(rows.values_list("pk"))


def _known(rows: Iterable[Crossing]) -> dict[int, frozenset[str]]:
    known: dict[int, frozenset[str]] = {}
    for row in rows:
        known[row.client_id] = known.get(row.client_id, frozenset()) | {row.rule}
    return known


def _record(cases: Iterable[Case], concerned: set[int], today: date) -> int:
    now = {case.client: case for case in cases if case.client in concerned}
    standing = list(Crossing.objects.standing().filter(client__in=concerned))
    changed = changes(_known(standing), {client: case.rules for client, case in now.items()})
    rows = {(row.client_id, row.rule): row.pk for row in standing}
    cleared = [rows[change.client, change.rule] for change in changed.cleared]
    Crossing.objects.filter(pk__in=cleared).update(cleared_on=today)
    homes = {client: _woken(client, today) for client in {one.client for one in changed.crossed}}
    reasons = {(c.client, r.rule): r for c in now.values() for r in c.reasons}
    with translation.override(None):  # kept for good, so in the language of the source
        facts = {(c, r): reasons[c, r].words[:300] for c, r in changed.crossed}
    crossed = [
        Crossing(
            case=homes[client],
            client_id=client,
            rule=rule,
            bad=reasons[client, rule].bad,
            fact=facts[client, rule],
            crossed_on=today,
        )
        for client, rule in changed.crossed
    ]
    Crossing.objects.bulk_create(crossed)
    for case in AttentionCase.objects.open().filter(client__in=concerned - now.keys()):
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
        raise ValidationError(_(_("The day lies in the past. Choose today or later.")))
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
        raise ValidationError(
            _("Choose a day from tomorrow to %(last)s: two weeks at most.") % {"last": last}
        )
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
        raise ValidationError(_(_("There is nothing to open again.")))
    case.ended_on, case.closed_by, case.close_reason = None, None, ""
    case.snoozed_until, case.snooze_reason = None, ""
    _save(case)
    return case


@transaction.atomic
def take_back(*, client: Client, version: int) -> AttentionCase:
    """As it stood before the last decision; refused when somebody decided since."""
    cases = AttentionCase.objects.select_for_update().filter(client=client)
    case = cases.order_by("-opened_on", "-pk").first()
    before = case.history.filter(version=version - 1).first() if case is not None else None
    if case is None or before is None or case.version != version:
        raise ValidationError(_("It was changed since, so it is not undone. Look again."))
    for name in DECIDED:
        setattr(case, name, getattr(before, name))
    _save(case)
    return case


def _case_to_change(client: Client, version: int, now: datetime) -> AttentionCase:
    """The open case, unless somebody changed it since the reader saw it (0: saw none)."""
    refresh(now, only=client)
    case = AttentionCase.objects.select_for_update().filter(client=client).open().first()
    if case is None:
        raise ValidationError(_(_("Nothing waits for a decision here any more: it was closed.")))
    if case.version != version and not (version == 0 and case.version == 1):
        raise ValidationError(
            _("Somebody changed this meanwhile: %(how_it_stands_case)s. Look again.")
            % {"how_it_stands_case": how_it_stands(case)}
        )
    return case


def how_it_stands(case: AttentionCase) -> str:
    if case.snoozed_until is not None:
        told = {"day": in_words(case.snoozed_until), "reason": case.snooze_reason}
        return _("put off until %(day)s, %(reason)s") % told
    if case.owner is not None:
        told = {"name": case.owner.name, "action": case.next_action, "day": in_words(case.due_on)}
        return _("%(name)s sees to it, %(action)s until %(day)s") % told
    return _("nobody sees to it")
