"""One turn at a project's events: drained, tried again later, or left alone for a while."""

import random
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import OperationalError

from tasks.asana.errors import (
    AsanaError,
    AsanaUnavailable,
    ForbiddenError,
    NotFoundError,
    Postponed,
    UnauthorizedError,
)
from tasks.models import DeadLetter, EventStream, Project, WebhookDelivery
from tasks.sync import letters, streams
from tasks.sync.collisions import BEGIN_AGAIN_IN, is_collision
from tasks.sync.drain import Drained, DrainedByAnother, drain
from tasks.sync.reckoning import reckon_soon
from tasks.sync.run import Means

log = structlog.get_logger(__name__)

FIRST_WAIT_SECONDS = 2.0
LONGEST_WAIT_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Turn:
    """What was done, and in how many seconds to come again, if at all."""

    drained: Drained | None = None
    again_in: float | None = None


def follow(project_id: int, means: Means, dice: random.Random | None = None) -> Turn:
    """Drain the project unless it rests; a failure never concerns another project."""
    found = Project.objects.to_read().select_related("connection", "stream").filter(pk=project_id)
    project = found.first()
    if project is None or not project.connection.is_working or _rests(project, means):
        return Turn()
    began = means.now()
    try:
        client = means.client(project.connection)
        drained = drain(project, client, means)
        if drained.written:
            reckon_soon(project.connection, client, means)
    except DrainedByAnother:
        return Turn()
    except Postponed as pause:
        return Turn(again_in=pause.seconds)
    except UnauthorizedError as error:
        project.connection.stop(str(error))
    except OperationalError as error:
        if not is_collision(error):
            raise
        log.warning("drain_collided", project=project.gid, error=str(error))
        return Turn(again_in=BEGIN_AGAIN_IN)
    except (AsanaError, AsanaUnavailable) as error:
        return _failed(project, error, means, dice or random.Random())  # noqa: S311  jitter
    else:
        _settle(project, began, means)
        return Turn(drained)
    return Turn()


def _settle(project: Project, began: datetime, means: Means) -> None:
    letters.settle(project.connection, DeadLetter.Kind.EVENTS, project.gid, means.now())
    waiting = WebhookDelivery.objects.filter(webhook__project=project, handled_at=None)
    waiting.filter(received_at__lte=began).update(handled_at=means.now())


def _rests(project: Project, means: Means) -> bool:
    with suppress(EventStream.DoesNotExist):
        until = project.stream.rests_until
        return until is not None and until > means.now()
    return False


def _failed(
    project: Project, error: AsanaError | AsanaUnavailable, means: Means, dice: random.Random
) -> Turn:
    stream, _ = EventStream.objects.get_or_create(project=project)
    now, for_good = means.now(), isinstance(error, ForbiddenError | NotFoundError)
    streams.note_failure(stream, str(error), now, for_good=for_good)
    log.warning("drain_failed", project=project.gid, failures=stream.failures, reason=str(error))
    if stream.rests_until is None:
        limit = FIRST_WAIT_SECONDS * 2**stream.failures
        return Turn(again_in=dice.uniform(0, min(LONGEST_WAIT_SECONDS, limit)))
    if not isinstance(error, NotFoundError):  # the list of projects will say that it is gone
        letters.write(project.connection, DeadLetter.Kind.EVENTS, project.gid, error, now, project)
    return Turn()
