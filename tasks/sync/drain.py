"""Bring one project up to date by what Asana says happened in it, in seconds instead of minutes.

An event is a nudge: it says which task to ask for and is never believed beyond that, so neither
order nor repeats matter, and a task that was "deleted" is judged like any that is missing. Tasks
and the place to go on from are committed together: a worker that dies in between changes nothing.
"""

from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from tasks.asana import payload
from tasks.asana.client import AsanaClient
from tasks.asana.errors import TokenLostError
from tasks.asana.payload import TaskRecord
from tasks.models import EventStream, Project, Task
from tasks.sync import families, missing, relisting
from tasks.sync.directory import Directory
from tasks.sync.missing import Missing, Verdict
from tasks.sync.problems import raise_if_fatal
from tasks.sync.readers import Brought, Readers
from tasks.sync.run import Means
from tasks.sync.store import TaskStore, mark_missing

# From so many on, two pages of the project cost less than asking for each task.
LIST_FROM = 20
# Asana nests five deep: a new subtask may come with so many unknown parents above it.
LEVELS = 5
AT_ONCE = 4


class DrainedByAnother(Exception):
    """Another worker went on from the same token meanwhile; what it did holds."""


@dataclass
class News:
    """What was learnt from Asana, before any of it is stored."""

    sync_token: str = ""
    changed: set[str] = field(default_factory=set)
    listed: bool = False
    records: dict[str, tuple[TaskRecord, datetime]] = field(default_factory=dict)
    # What Asana did not show: whether it was, then, right about the project at least.
    unseen: dict[str, Verdict] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Drained:
    changed: int
    written: int
    listed: bool


def drain(project: Project, client: AsanaClient, means: Means) -> Drained:
    """Read what happened since the last time. Raises what Asana raises, and DrainedByAnother."""
    stream, _ = EventStream.objects.get_or_create(project=project)
    began = means.now()
    news = _follow(client, project, stream.sync_token)
    if news.listed or len(news.changed) >= LIST_FROM:
        news.records = relisting.listed(client, project, means.zone, began)
        news.changed |= relisting.not_listed(project, news.records, began)
        news.listed = True
    _ask_for_each(client, project, news, means)
    return _commit(project, stream, news, means, began)


def _follow(client: AsanaClient, project: Project, sync_token: str) -> News:
    """What changed, or that everything must be read again because Asana no longer knows."""
    if not sync_token:
        return News(client.events_token(project.gid), listed=True)
    news = News(sync_token)
    try:
        for page in client.events(project.gid, sync_token):
            if any(event.get("action") == "sync_error" for event in page.events):
                raise TokenLostError("")
            news.sync_token = page.sync_token
            for event in page.events:
                news.changed |= tasks_meant(event)
    except TokenLostError as lost:
        return News(lost.fresh or client.events_token(project.gid), listed=True)
    return news


def tasks_meant(event: dict[str, Any]) -> set[str]:
    """The tasks to ask for again: the one that changed, and the one above it."""
    kind, gid = _reference(event.get("resource"))
    above, parent = _reference(event.get("parent"))
    if kind != "task" or not gid:
        return set()
    return {gid, parent} if above == "task" and parent else {gid}


def _reference(thing: Any) -> tuple[str, str]:
    if not isinstance(thing, dict):
        return "", ""
    return str(thing.get("resource_type") or ""), str(thing.get("gid") or "")


def _ask_for_each(client: AsanaClient, project: Project, news: News, means: Means) -> None:
    """Every changed task that no listing showed; then the parents that nobody knows yet."""
    inquiry = missing.Inquiry(client)
    wanted = news.changed - news.records.keys()
    for _ in range(LEVELS + 1):
        wanted -= news.unseen.keys()
        if not wanted:
            return
        jobs = [Missing(0, gid, project.gid) for gid in sorted(wanted)]
        readers = Readers(jobs, inquiry.ask, AT_ONCE, client.stopped)
        with closing(readers.batches(seconds=1.0)) as batches:
            for batch in batches:
                for brought in batch:
                    _note(brought, news, means)
        wanted = _unknown_parents(news)


def _note(brought: Brought[Missing, Verdict], news: News, means: Means) -> None:
    if brought.error is not None:
        raise_if_fatal(brought.error)
        raise brought.error
    if brought.page is None:
        return
    answer = brought.page.answer
    if answer is None:
        news.unseen[brought.job.gid] = brought.page
    else:
        record = payload.task(answer.data, means.zone)
        news.records[record.gid] = record, answer.sent_at


def _unknown_parents(news: News) -> set[str]:
    parents = {record.parent for record, _ in news.records.values() if record.parent}
    parents -= news.records.keys()
    return parents - set(Task.objects.filter(gid__in=parents).values_list("gid", flat=True))


def _commit(
    project: Project, stream: EventStream, news: News, means: Means, began: datetime
) -> Drained:
    # By this moment the pages see that tasks may have changed.
    token_at = means.now() if news.sync_token != stream.sync_token else stream.token_at
    written = 0
    with transaction.atomic():
        if news.records or news.unseen:
            store = TaskStore(project.connection, Directory(project.connection))
            stored = store.store(([record], sent_at) for record, sent_at in news.records.values())
            families.hang([record for record, _ in news.records.values()], stored.ids)
            written = stored.written + _judge(project, store, news, means)
        mine = EventStream.objects.filter(pk=stream.pk, sync_token=stream.sync_token)
        moved_on = mine.update(
            sync_token=news.sync_token,
            token_at=token_at,
            drained_at=began,
            failures=0,
            rests_until=None,
            reason="",
        )
        if not moved_on:
            raise DrainedByAnother
        EventStream.objects.filter(pk=stream.pk, nudged_at__lte=began).update(nudged_at=None)
    return Drained(len(news.changed), written, news.listed)


def _judge(project: Project, store: TaskStore, news: News, means: Means) -> int:
    """Absent tasks take the same way as in a run; too many at once are left for it to freeze."""
    gone = Task.objects.in_asana().filter(gid__in=news.unseen)
    found = set(gone.values_list("pk", flat=True))
    mark_missing(found, means.now())
    judge = missing.Judge(store, means.zone, means.now())
    for task in missing.missing_tasks(project.connection, among=found):
        judge.take([Brought(task, news.unseen[task.gid])])
    return judge.written
