from datetime import timedelta

import pytest
from django.utils import timezone

from godview.encryption import Secret
from tasks.asana.oauth import Grant
from tasks.disconnecting import disconnect
from tasks.models import AsanaConnection, Promise, SyncRun, Task, Webhook
from tests.asana_double import AsanaDouble
from tests.tasks.sync.world import connect, fill, sync

pytestmark = pytest.mark.django_db


def test_no_token_is_kept_nothing_more_is_asked_and_the_facts_stay(double: AsanaDouble) -> None:
    fill(double)
    connection = connect(double)
    sync(double, connection, full=True)
    facts = (Task.objects.count(), Promise.objects.count())
    project = connection.projects.all()[0]
    Webhook.objects.create(project=project, key="k", state="active", created_at=timezone.now())
    run = SyncRun.objects.create(connection=connection, asked_at=timezone.now())
    before = len(double.log)
    disconnect(connection, by="Lea", now=timezone.now())
    run.refresh_from_db()
    stored = AsanaConnection.objects.get()
    assert not stored.token
    assert (stored.token_hint, stored.status) == ("", "stopped")
    assert stored.status_reason.startswith("Disconnected by Lea on")
    assert (run.state, Webhook.objects.get().state) == ("failed", "gone")
    assert (Task.objects.count(), Promise.objects.count()) == facts
    assert len(double.log) == before


def test_asana_that_does_not_answer_keeps_nobody_connected(double: AsanaDouble, settings) -> None:  # type: ignore[no-untyped-def]
    settings.ASANA_BASE_URL = "http://127.0.0.1:9/api/1.0"
    connection = connect(double)
    connection.refresh_token = Secret.of(Grant("app", "secret", "2/refresh").text())
    connection.token_expires_at = timezone.now() + timedelta(hours=1)
    connection.save()
    disconnect(connection, by="Lea", now=timezone.now())
    assert not AsanaConnection.objects.get().refresh_token
