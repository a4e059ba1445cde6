"""What sending a dead letter again means, by what it was about."""

from datetime import datetime

from tasks.goal_tasks import try_again
from tasks.models import DeadLetter, EventStream, TaskWrite, Webhook
from tasks.sync.nudging import nudge

Kind = DeadLetter.Kind
BY_ITSELF = (Kind.EVENTS, Kind.WEBHOOK, Kind.WRITE)


def needs_a_run(letter: DeadLetter) -> bool:
    """A read of the workspace does it; events, webhooks and what we write have quicker ways."""
    return letter.kind not in BY_ITSELF


def replay(letter: DeadLetter, now: datetime) -> None:
    """Take away what keeps it from being tried now. It is settled only when it has worked.

    Raises ValidationError, with why, when what it was about must not be written any more.
    """
    if letter.kind == Kind.WRITE:
        for write in TaskWrite.objects.filter(key=letter.key, state=TaskWrite.State.FAILED):
            try_again(write=write)
    DeadLetter.objects.filter(pk=letter.pk).update(replayed_at=now)
    if letter.kind == Kind.EVENTS and letter.project_id:
        EventStream.objects.filter(project=letter.project_id).update(
            rests_until=None, failures=0, reason=""
        )
        nudge(letter.project_id, now)
    elif letter.kind == Kind.WEBHOOK:
        # The next round of the watch sets up what is not there.
        Webhook.objects.filter(project=letter.project_id, state=Webhook.State.GONE).delete()
