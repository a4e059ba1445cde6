"""What sending a dead letter again means, by what it was about."""

from datetime import datetime

from tasks.models import DeadLetter, EventStream, Webhook
from tasks.sync.nudging import nudge

Kind = DeadLetter.Kind
BY_ITSELF = (Kind.EVENTS, Kind.WEBHOOK)


def needs_a_run(letter: DeadLetter) -> bool:
    """A read of the workspace does it; events and webhooks have quicker ways."""
    return letter.kind not in BY_ITSELF


def replay(letter: DeadLetter, now: datetime) -> None:
    """Take away what keeps it from being tried now. It is settled only when it has worked."""
    DeadLetter.objects.filter(pk=letter.pk).update(replayed_at=now)
    if letter.kind == Kind.EVENTS and letter.project_id:
        EventStream.objects.filter(project=letter.project_id).update(
            rests_until=None, failures=0, reason=""
        )
        nudge(letter.project_id, now)
    elif letter.kind == Kind.WEBHOOK:
        # The next round of the watch sets up what is not there.
        Webhook.objects.filter(project=letter.project_id, state=Webhook.State.GONE).delete()
