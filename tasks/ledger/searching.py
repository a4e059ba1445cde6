"""Looks for tasks that were made anew: every promise lost lately beside the client's new tasks."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Max, Q

from tasks.ledger.twins import (
    AFTER,
    BEFORE,
    WORTH_A_LOOK,
    Facts,
    Likelihood,
    Lost,
    is_in_time,
    likelihood,
)
from tasks.models import AsanaConnection, Finding, Membership, PromiseEvent, Task

Kind = PromiseEvent.Kind
A_DAY = 24 * 60 * 60
LOST = (Kind.DELETED, Kind.REMOVED, Kind.CLEARED, Kind.SUBTASK)
# How far around a loss other tasks are looked at, to know what comes regularly.
AROUND = timedelta(days=120)


def find_twins(asana: AsanaConnection, now: datetime) -> list[Finding]:
    """Open a finding for each lost promise and the new task that is most likely the same."""
    events = _losses(asana, now)
    by_client: dict[int, list[PromiseEvent]] = defaultdict(list)
    for event in events:
        by_client[event.promise.client_id].append(event)
    stamps = _stamps(by_client)
    looked_at = cache.get_many(stamps)
    due = {client: stamp for client, stamp in stamps.items() if looked_at.get(client) != stamp}
    found = [
        finding
        for client, losses in by_client.items()
        if _key(client) in due
        for finding in _of_client(client, losses, now)
    ]
    made = Finding.objects.bulk_create(found, batch_size=500, ignore_conflicts=True)
    cache.set_many(due, timeout=A_DAY)
    return made


def _stamps(losses: Mapping[int, Sequence[PromiseEvent]]) -> dict[str, str]:
    """By client: what an earlier look would have seen. Nothing new, nothing to be found anew."""
    newest = (
        Membership.objects.filter(project__client__in=list(losses))
        .order_by()
        .values_list("project__client_id")
        .annotate(seen=Max("task__first_seen_at"), changed=Max("task__modified_at"), n=Count("pk"))
    )
    decided = (
        Finding.objects.filter(promise__client__in=list(losses))
        .order_by()
        .values_list("promise__client_id")
        .annotate(last=Max("decided_at"), n=Count("pk"))
    )
    tasks = {client: told for client, *told in newest}
    findings = {client: told for client, *told in decided}
    return {
        _key(client): f"{[event.pk for event in mine]} {tasks.get(client)} {findings.get(client)}"
        for client, mine in losses.items()
    }


def _key(client: int) -> str:
    return f"ledger:twins:{client}"


def _losses(asana: AsanaConnection, now: datetime) -> list[PromiseEvent]:
    """The last way in which each promise was lost, where it is still not done."""
    rows = (
        PromiseEvent.objects.attempts()
        .filter(
            kind__in=LOST,
            happened_at__gte=now - AFTER - BEFORE,
            promise__standing__completed_at=None,
            promise__standing__continues=None,
            promise__standing__carrier__connection=asana,
        )
        .exclude(promise__findings__twin__isnull=False, promise__findings__state="confirmed")
        .select_related("promise__task__parent")
        .order_by("happened_at", "pk")
    )
    return list({event.promise_id: event for event in rows}.values())


def _of_client(client: int, losses: list[PromiseEvent], now: datetime) -> Iterable[Finding]:
    since = min(event.happened_at for event in losses) - BEFORE
    tasks = {
        task.pk: task
        for task in Task.objects.for_client(client)
        .filter(Q(first_seen_at__gte=since) | Q(due_on__gte=since.date() - AROUND))
        .select_related("parent")
    }
    gone = [event.promise.task for event in losses if event.promise.task]
    sections = _sections([*tasks, *(task.pk for task in gone)])
    facts = {pk: _facts(task, sections) for pk, task in tasks.items()}
    known = set(
        Finding.objects.filter(promise__in=[event.promise_id for event in losses])
        .exclude(twin=None)
        .values_list("promise_id", "twin_id")
    )
    lost_tasks = {event.promise.task_id for event in losses}
    new = [
        pk
        for pk, task in tasks.items()
        if task.deleted_at is None
        and pk not in lost_tasks
        and (task.first_seen_at or since) >= since
    ]
    pairs = []
    for event in losses:
        lost = _lost(event, sections)
        for pk in new:
            if (event.promise_id, pk) in known or not is_in_time(lost, facts[pk]):
                continue
            found = likelihood(lost, facts[pk], [*facts.values()])
            if found.score >= WORTH_A_LOOK:
                pairs.append((found, event, tasks[pk]))
    return _best(pairs, now)


def _best(pairs: list[tuple[Likelihood, PromiseEvent, Task]], now: datetime) -> Iterable[Finding]:
    """Each loss with one twin and each twin with one loss, the likeliest first."""
    pairs.sort(key=lambda pair: -pair[0].score)
    promises: set[int] = set()
    twins: set[int] = set()
    for found, event, task in pairs:
        if event.promise_id in promises or task.pk in twins:
            continue
        promises.add(event.promise_id)
        twins.add(task.pk)
        yield Finding(
            promise=event.promise,
            kind=Kind.RECREATED,
            twin=task,
            score=found.score,
            evidence={"reasons": list(found.reasons), "name": task.name, "lost": event.kind},
            found_at=now,
        )


def _lost(event: PromiseEvent, sections: dict[int, frozenset[int]]) -> Lost:
    promise = event.promise
    task: Any = promise.task
    known_since = task.created_at or task.first_seen_at or promise.committed_at
    facts = replace(_facts(task, sections), name=promise.text, created_at=known_since)
    return Lost(facts, promise.due_on, event.happened_at)


def _facts(task: Task, sections: dict[int, frozenset[int]]) -> Facts:
    return Facts(
        gid=task.gid,
        name=task.name,
        due_on=task.due_on,
        created_at=task.created_at or task.first_seen_at or task.observed_at,
        assignee=task.assignee_id,
        sections=sections.get(task.pk, frozenset()),
        parent=task.parent.gid if task.parent else "",
    )


def _sections(tasks: Iterable[int]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    rows = Membership.objects.filter(task__in=list(tasks), section__isnull=False)
    for task, section in rows.values_list("task_id", "section_id"):
        if section is not None:
            found[task].add(section)
    return {task: frozenset(mine) for task, mine in found.items()}
