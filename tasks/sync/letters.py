"""Dead letters: requests that failed for good, kept until somebody sends them again."""

from datetime import datetime

from django.db.models import F

from tasks.asana.errors import AsanaError, AsanaUnavailable
from tasks.models import AsanaConnection, DeadLetter, Project, SyncRun


def write(
    connection: AsanaConnection,
    kind: str,
    key: str,
    error: AsanaError | AsanaUnavailable,
    now: datetime,
    project: Project | None = None,
) -> DeadLetter:
    """One open letter about a thing: a failure more of the same only counts on."""
    told = {
        "error": str(error)[:200],
        "status": error.status,
        "phrase": error.phrase[:300],
        "body": error.body[:2048],
        "last_at": now,
    }
    letter, is_new = DeadLetter.objects.get_or_create(
        connection=connection,
        kind=kind,
        key=key[:200],
        settled_at=None,
        defaults={**told, "first_at": now, "project": project},
    )
    if not is_new:
        DeadLetter.objects.filter(pk=letter.pk).update(attempts=F("attempts") + 1, **told)
    return letter


def settle(connection: AsanaConnection, kind: str, key: str, now: datetime) -> None:
    """It worked after all: nobody needs to look at it any more."""
    letters = DeadLetter.objects.open().filter(connection=connection, kind=kind, key=key[:200])
    letters.update(settled_at=now)


def settle_read(run: SyncRun, now: datetime) -> None:
    """Projects that this run has read after all."""
    letters = DeadLetter.objects.open().filter(kind=DeadLetter.Kind.PROJECT)
    letters.filter(project__unit__run=run, project__unit__state="done").update(settled_at=now)
