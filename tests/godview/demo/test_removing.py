"""The demo goes as a whole, and takes nothing of the agency's own with it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from clients.models import Assignment, Client, DemoMark, Pod, Staff, Touchpoint, Upload, User
from godview.access import is_leader
from godview.demo.removing import remove_demo
from godview.welcome.steps import checklist
from metrics.models import WallLink
from tasks.ledger import guard
from tasks.models import Membership, Promise, WeeklyGoal
from tests.factories.asana import AsanaConnectionFactory, ProjectFactory, TaskFactory
from tests.factories.clients import ClientFactory, StaffFactory, TouchpointFactory, UserFactory
from tests.factories.ledger import PromiseEventFactory, PromiseFactory
from training.models import CoachingPlan

pytestmark = pytest.mark.django_db(transaction=True)

TODAY = date(2026, 11, 19)
OF_DJANGO = {"auth.Permission", "contenttypes.ContentType", "sessions.Session"}
MINE = {"name": "Kim Own", "email": "kim@own.example", "password": "a long enough secret"}


@pytest.fixture(autouse=True)
def demo() -> None:
    call_command("seed_demo", clients=5, months=3, today=TODAY, without_asana=True)


def rows() -> dict[str, int]:
    counts = {m._meta.label: m._base_manager.count() for m in apps.get_models()}
    return {name: count for name, count in counts.items() if count and name not in OF_DJANGO}


def test_it_goes_as_a_whole_or_not_at_all_and_the_guard_is_back(monkeypatch):
    read_from_the_double()
    before = rows()
    with monkeypatch.context() as broken:
        broken.setattr("godview.demo.removing._forget", break_off)
        with pytest.raises(DatabaseError, match="broken off"):
            remove_demo()
    assert rows() == before
    with pytest.raises(DatabaseError), transaction.atomic():
        Promise.objects.all()._raw_delete("default")
    assert remove_demo() > 1000
    assert rows() == {}
    assert guard.is_installed(connection)
    assert remove_demo() == 0


def break_off(*args: Any) -> None:
    raise DatabaseError("broken off")


def read_from_the_double() -> None:
    """What the first reading brings later than the demo itself."""
    link = AsanaConnectionFactory()
    mark = DemoMark.objects.get()
    mark.last_ids["tasks.AsanaConnection"] = link.pk
    mark.save()
    client = Client.objects.first()
    project = ProjectFactory(connection=link, client=client)
    task = TaskFactory(connection=link)
    Membership.objects.create(task=task, project=project)
    promise = PromiseFactory(client=client, task=task, owner=Staff.objects.first())
    PromiseEventFactory(promise=promise)


def test_what_was_entered_since_is_kept_with_whom_it_names():
    manager = Staff.objects.filter(role="account_manager").first()
    pod = Pod.objects.first()
    own = ClientFactory(name="Own client")
    Assignment.objects.create(client=own, pod=pod, account_manager=manager)
    mine = TouchpointFactory(client=own)
    with_it = TouchpointFactory(client=Client.objects.exclude(pk=own.pk).first())
    goal = WeeklyGoal.objects.create(
        client=own, manager=manager, week_starts_on=date(2026, 11, 16), text="Our first"
    )
    remove_demo()
    assert list(Client.objects.all()) == [own]
    assert own.history.count() == 1
    assert Touchpoint.objects.filter(pk=mine.pk).exists()
    assert not Touchpoint.objects.filter(pk=with_it.pk).exists()
    assert WeeklyGoal.objects.get() == goal
    kept = Assignment.objects.get()
    assert (kept.pod, kept.account_manager) == (pod, manager)
    manager.refresh_from_db()
    assert manager.user is None


def test_facts_about_invented_people_go_and_what_they_set_up_is_handed_over():
    invented = Staff.objects.filter(role="leadership").first()
    heir = StaffFactory(role="leadership", user=UserFactory())
    now = timezone.now()
    CoachingPlan.objects.create(
        staff=invented, coach=heir, habit="calls", starts_on=TODAY, review_on=date(2027, 1, 1)
    )
    wall = WallLink.objects.create(
        title="Floor", token_hash="a", created_by=invented, created_at=now
    )
    file = Upload.objects.create(
        kind="pods", file_name="a", content=b"", uploaded_by=invented.user, uploaded_at=now
    )
    remove_demo(by=heir)
    wall.refresh_from_db()
    file.refresh_from_db()
    assert (wall.created_by, file.uploaded_by) == (heir, None)
    assert list(Staff.objects.all()) == [heir]
    assert not CoachingPlan.objects.exists()


def test_a_demo_login_makes_an_own_account_first_then_removes_the_demo(client):
    client.force_login(User.objects.get(email="leader@demo.example"))
    page = client.get(reverse("remove_demo")).content.decode()
    assert "First an account of your own" in page
    client.post(reverse("remove_demo"))
    assert DemoMark.objects.exists()
    wrong = client.post(reverse("own_account"), {**MINE, "email": "leader@demo.example"})
    assert wrong.status_code == 422
    page = client.post(reverse("own_account"), MINE, follow=True).content.decode()
    assert "Remove the demo</button>" in page
    page = client.post(reverse("remove_demo"), follow=True).content.decode()
    assert "The demo is gone" in page
    assert "What is left to set up" in page
    assert "Demo data</a>" not in page
    own = User.objects.get()
    assert (own.email, is_leader(own), own.check_password(MINE["password"])) == (
        MINE["email"], True, True,
    )  # fmt: skip
    assert not checklist(TODAY + timedelta(days=1)).steps[1].is_done
