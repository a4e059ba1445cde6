"""Dead letters are seen by leaders, sent again with a click, and leave the list when it worked."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tasks.asana.errors import AsanaUnavailable
from tasks.models import DeadLetter, EventStream, Project, SyncRun, TaskWrite
from tasks.sync import letters, nudging
from tasks.sync.replaying import replay
from tests.asana_double import AsanaDouble
from tests.factories.asana import AsanaConnectionFactory, ProjectFactory
from tests.factories.cast import make_cast
from tests.factories.tasks import WeeklyGoalFactory
from tests.tasks.sync.drains import followed, turn
from tests.tasks.sync.world import HOUR, connect, fill, sync

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rung(monkeypatch):
    calls = []
    monkeypatch.setattr(nudging.doorbell, "ring", lambda pk: calls.append(pk) or True)
    return calls


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def leader(cast, client):
    client.force_login(cast.leader)
    return client


def letter(kind="events", **fields):
    project = ProjectFactory(name="Halden Dental")
    now = timezone.now()
    fields = {"error": "Asana answered 500", "phrase": "6 sad squid", **fields}
    return DeadLetter.objects.create(
        connection=project.connection,
        project=project,
        kind=kind,
        key=project.gid,
        first_at=now,
        last_at=now,
        **fields,
    )


def test_the_page_shows_what_failed_and_why(leader):
    letter()
    page = leader.get(reverse("tasks:asana")).content.decode()
    for text in ("Requests that failed", "Reading events", "Halden Dental", "6 sad squid"):
        assert text in page
    assert "Replay" in page


def test_without_letters_the_page_says_nothing_of_them(leader):
    AsanaConnectionFactory()
    assert "Requests that failed" not in leader.get(reverse("tasks:asana")).content.decode()


def test_replay_ends_the_rest_and_asks_for_a_drain(leader, rung):
    one = letter()
    EventStream.objects.create(project=one.project, failures=5, rests_until=timezone.now())
    leader.post(reverse("tasks:replay", args=[one.pk]))
    stream = EventStream.objects.get()
    assert (stream.failures, stream.rests_until) == (0, None)
    assert rung == [one.project_id]
    one.refresh_from_db()
    assert one.replayed_at is not None
    assert one.settled_at is None


def test_replay_of_a_project_asks_for_a_run(leader):
    leader.post(reverse("tasks:replay", args=[letter("project").pk]))
    assert SyncRun.objects.count() == 1


def test_a_replay_that_is_refused_says_why(leader, rung):
    one = letter("write")
    goal = WeeklyGoalFactory(status="deleted")
    write = TaskWrite.objects.create(
        goal=goal, project=one.project, action="create", state="failed", asked_at=timezone.now()
    )
    DeadLetter.objects.update(key=str(write.key))
    page = leader.post(reverse("tasks:replay", args=[one.pk]), follow=True).content.decode()
    assert "Not asked for again. This goal was withdrawn." in page
    one.refresh_from_db()
    assert (one.replayed_at, TaskWrite.objects.get().state) == (None, "failed")


def test_let_be_takes_it_off_the_list(leader):
    one = letter()
    leader.post(reverse("tasks:let_be", args=[one.pk]))
    assert not DeadLetter.objects.open().exists()
    assert leader.post(reverse("tasks:let_be", args=[one.pk])).status_code == 404


@pytest.mark.parametrize("who", ["manager", "director", "stranger"])
def test_for_others_they_are_not_there(cast, client, who):
    client.force_login(getattr(cast, who))
    one = letter()
    for name in ("replay", "let_be"):
        assert client.post(reverse(f"tasks:{name}", args=[one.pk])).status_code == 404


def test_a_project_that_cannot_be_read_writes_one_letter_until_it_is_read(
    double: AsanaDouble,
) -> None:
    gids = fill(double)
    connection = connect(double)
    double.faults.add("403", path=f"projects/{gids[1]}/tasks")
    for _ in range(3):
        sync(double, connection)
        double.clock.advance(2 * HOUR)
    one = DeadLetter.objects.open().get()
    assert (one.kind, one.key, one.status, one.attempts) == ("project", gids[1], 403, 3)
    double.faults.clear()
    sync(double, connection)
    assert not DeadLetter.objects.open().exists()


def test_a_replay_that_works_settles_the_letter(double: AsanaDouble) -> None:
    project: Project = followed(double)[0]
    double.faults.add("500", path="/events")
    for _ in range(5):
        turn(double, project)
    one = DeadLetter.objects.open().get()
    double.faults.clear()
    assert turn(double, project).drained is None  # it rests
    replay(one, double.clock.now())
    assert turn(double, project).drained is not None
    assert not DeadLetter.objects.open().exists()


def test_the_same_failure_again_only_counts_on():
    project, now = ProjectFactory(), timezone.now()
    for _ in range(3):
        letters.write(project.connection, "task", "1", AsanaUnavailable("no", 500), now)
    assert DeadLetter.objects.get().attempts == 3
