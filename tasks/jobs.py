"""What the worker does for us; Celery calls these by name."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from tasks import sharing, weekly_goals
from tasks.ledger import client_goals
from tasks.models import AsanaConnection, SyncRun
from tasks.sync import streams
from tasks.sync.asking import ask_for_run
from tasks.sync.nudging import doorbell


@shared_task
def sync_all_connections() -> None:
    """Read what changed in every workspace."""
    for connection in AsanaConnection.objects.working():
        run_sync.delay(ask_for_run(connection, timezone.now()).pk)


@shared_task
def run_sync(run_id: int) -> None:
    """Carry one run on; a long one goes on in a new job, so that others get their turn."""
    # Asana's library is slow to load, and only who reads Asana needs it.
    from tasks.sync.run import work_on
    from tasks.sync.start import usual_means

    outcome = work_on(run_id, usual_means())
    if outcome.go_on_in is not None:
        run_sync.apply_async((run_id,), countdown=outcome.go_on_in)


@shared_task
def resume_abandoned_runs() -> None:
    """Take up what a worker left when it died."""
    for run in SyncRun.objects.abandoned_at(timezone.now()):
        run_sync.delay(run.pk)


@shared_task
def drain_project(project_id: int) -> None:
    """Read what happened in one project since the last time."""
    from tasks.sync.following import follow
    from tasks.sync.start import quick_means

    doorbell.answered(project_id)
    turn = follow(project_id, quick_means())
    if turn.again_in is not None:
        drain_project.apply_async((project_id,), countdown=turn.again_in)


@shared_task
def drain_due_projects() -> None:
    """Those that were nudged, and those that nobody looked at for an hour."""
    for pk in streams.due(timezone.now()).values_list("pk", flat=True):
        doorbell.ring(pk)


@shared_task
def sweep_workspaces() -> None:
    """Ask Asana's search what changed anywhere, where the plan has it."""
    from tasks.sync.start import each_working
    from tasks.sync.sweeping import sweep

    each_working(sweep)


@shared_task
def watch_webhooks() -> None:
    """Set up the webhooks that are missing; Asana deletes those it could not reach for a day."""
    if not settings.PUBLIC_URL:
        return
    from tasks.sync.registering import watch
    from tasks.sync.start import each_working

    each_working(watch)


@shared_task
def send_write(write_id: int) -> None:
    """Take to Asana what a person asked for."""
    from tasks.sync.sending import send
    from tasks.sync.start import quick_means

    send(write_id, quick_means())


@shared_task
def send_due_writes() -> None:
    """What has to be tried again, and what a worker left when it died."""
    from tasks.sync.sending import due

    for write in due(timezone.now()):
        send_write.delay(write.pk)


@shared_task
def lock_weeks() -> int:
    """Write down what was promised; the goals are locked by the clock, whether this ran or not."""
    now = timezone.now()
    locked = weekly_goals.lock_due_weeks(now)
    sharing.share_locked_week(now)
    return locked


@shared_task
def keep_client_goals() -> int:
    """Judge the 90-day goals that are over, and take in those that came by an import."""
    now = timezone.now()
    return client_goals.keep(client_goals.due_to_be_kept(now), now)
