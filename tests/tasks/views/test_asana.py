from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from godview.health import sync_at
from tasks.models import AsanaConnection, EventStream, MatchedBy, Project, SyncRun, SyncUnit
from tests.factories.asana import NOW, AsanaConnectionFactory, AsanaUserFactory, ProjectFactory
from tests.factories.cast import make_cast
from tests.factories.clients import ClientFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def leader(cast, client):
    client.force_login(cast.leader)
    return client


@pytest.mark.parametrize("who", ["director", "manager", "designer", "accounting", "stranger"])
def test_for_anybody_but_leaders_the_page_is_not_there(cast, client, who):
    client.force_login(getattr(cast, who))
    connection = AsanaConnectionFactory()
    run = SyncRun.objects.create(connection=connection, asked_at=NOW)
    for name, arguments in (("asana", []), ("runs", []), ("run", [run.pk])):
        assert client.get(reverse(f"tasks:{name}", args=arguments)).status_code == 404
    for name in ("read", "map_projects", "map_users"):
        assert client.post(reverse(f"tasks:{name}", args=[connection.pk])).status_code == 404
    assert client.get(reverse("tasks:disconnect", args=[connection.pk])).status_code == 404


def test_without_a_connection_it_leads_to_the_set_up(leader):
    page = leader.get(reverse("tasks:asana")).content.decode()
    assert "Not connected. It takes five minutes and a token." in page
    assert f'href="{reverse("tasks:connect")}"' in page


def test_disconnecting_is_asked_once_more_and_keeps_what_was_read(leader):
    project = ProjectFactory()
    address = reverse("tasks:disconnect", args=[project.connection_id])
    assert "Every task, promise and number" in leader.get(address).content.decode()
    assert AsanaConnection.objects.get().is_working
    page = leader.post(address, follow=True).content.decode()
    connection = AsanaConnection.objects.get()
    assert (connection.status, bool(connection.token)) == ("stopped", False)
    assert "Disconnected by" in page
    assert project.name in page


def test_asking_twice_gives_one_run(leader):
    connection = AsanaConnectionFactory()
    for _ in range(2):
        leader.post(reverse("tasks:read", args=[connection.pk]))
    assert SyncRun.objects.count() == 1


def test_a_stopped_connection_is_not_read_and_says_why(leader):
    connection = AsanaConnectionFactory()
    connection.stop("Asana no longer accepts the token")
    page = leader.post(reverse("tasks:read", args=[connection.pk]), follow=True).content.decode()
    assert not SyncRun.objects.exists()
    assert "Asana no longer accepts the token" in page


def test_an_unmatched_project_is_listed_with_a_guess(leader):
    ClientFactory(name="Halden Dental")
    ProjectFactory(name="Haldn Dental ads")
    page = leader.get(reverse("tasks:asana")).content.decode()
    assert "1 project and 0 users belong to nobody yet" in page
    assert 'value="Halden Dental" list="clients"' in " ".join(page.split())


def test_a_project_is_given_to_a_client_by_name_and_history_says_who_did_it(leader, cast):
    halden = ClientFactory(name="Halden Dental")
    project = ProjectFactory(name="HD")
    address = reverse("tasks:map_projects", args=[project.connection_id])
    leader.post(address, {f"row-{project.pk}": "halden dental"})
    project.refresh_from_db()
    assert (project.client, project.matched_by) == (halden, MatchedBy.PERSON)
    assert project.history.first().history_user == cast.leader


def test_a_name_nobody_has_is_refused_and_the_others_are_saved(leader):
    halden = ClientFactory(name="Halden Dental")
    good, bad = ProjectFactory(name="HD"), ProjectFactory(name="XX")
    address = reverse("tasks:map_projects", args=[good.connection_id])
    answer = leader.post(
        address, {f"row-{good.pk}": "Halden Dental", f"row-{bad.pk}": "Nobody"}, follow=True
    )
    assert "There is no client called “Nobody”" in answer.content.decode()
    assert Project.objects.get(pk=good.pk).client == halden
    assert Project.objects.get(pk=bad.pk).client is None


def test_a_project_may_be_left_out(leader):
    project = ProjectFactory()
    address = reverse("tasks:map_projects", args=[project.connection_id])
    leader.post(address, {f"row-{project.pk}": "", f"out-{project.pk}": "on"})
    assert Project.objects.get().left_out


def test_a_long_list_of_projects_turns_by_pages_and_saving_stays_on_the_page(leader):
    connection = AsanaConnectionFactory()
    projects = [ProjectFactory(connection=connection, name=f"P{n:03}") for n in range(102)]
    page = leader.get(reverse("tasks:asana"), {"projects": 2, "users": 1}).content.decode()
    assert f'name="row-{projects[101].pk}"' in page
    assert f'name="row-{projects[99].pk}"' not in page
    assert 'href="?projects=1&amp;users=1"' in page
    address = reverse("tasks:map_projects", args=[connection.pk]) + "?projects=2"
    ClientFactory(name="Halden Dental")
    answer = leader.post(address, {f"row-{projects[101].pk}": "Halden Dental"})
    assert answer.url == reverse("tasks:asana") + "?projects=2"
    assert Project.objects.exclude(client=None).get() == projects[101]


def test_a_user_is_named_as_a_member_of_staff_and_history_says_by_whom(leader, cast):
    ana = StaffFactory(name="Ana Ruiz")
    user = AsanaUserFactory(name="ana")
    leader.post(
        reverse("tasks:map_users", args=[user.connection_id]), {f"row-{user.pk}": "Ana Ruiz"}
    )
    user.refresh_from_db()
    assert user.staff == ana
    assert user.history.first().history_user == cast.leader


def test_a_run_shows_how_far_it_is_and_what_was_not_read(leader):
    run = SyncRun.objects.create(
        connection=AsanaConnectionFactory(),
        asked_at=NOW,
        phase=SyncRun.Phase.TASKS,
        units_done=12,
        units_total=161,
        problems=[{"project": "Secret", "reason": "Asana lets this token not see it"}],
    )
    fragment = leader.get(reverse("tasks:run", args=[run.pk])).content.decode()
    assert "12 of 161" in fragment
    assert 'hx-trigger="every 2s"' in fragment
    assert "Asana lets this token not see it" in fragment
    run.finish(SyncRun.State.DONE, NOW)
    assert "every 2s" not in leader.get(reverse("tasks:run", args=[run.pk])).content.decode()


@pytest.mark.parametrize("count", [3, 30])
def test_the_page_asks_the_same_few_questions_for_any_number_of_projects(
    leader, django_assert_max_num_queries, count
):
    ProjectFactory.create_batch(count)
    AsanaUserFactory.create_batch(count)
    with django_assert_max_num_queries(16):
        leader.get(reverse("tasks:asana"))


def test_a_leader_accepts_that_many_tasks_were_deleted(leader, cast, client):
    unit = SyncUnit.objects.create(
        project=ProjectFactory(),
        state=SyncUnit.State.FROZEN,
        reason="60 of 100 tasks are missing at once",
    )
    accept = reverse("tasks:accept", args=[unit.project_id])
    page = leader.get(reverse("tasks:asana")).content.decode()
    assert "60 of 100 tasks are missing at once" in page
    assert f'formaction="{accept}"' in page
    leader.post(accept)
    unit.refresh_from_db()
    assert unit.deletions_accepted
    assert SyncRun.objects.exists()


def test_only_what_is_frozen_can_be_accepted(leader, cast, client):
    unit = SyncUnit.objects.create(project=ProjectFactory(), state=SyncUnit.State.DONE)
    accept = reverse("tasks:accept", args=[unit.project_id])
    assert leader.post(accept).status_code == 404
    client.force_login(cast.director)
    assert client.post(accept).status_code == 404


def test_each_project_says_how_old_it_is_and_the_header_says_the_oldest(leader):
    now = timezone.now()
    connection = AsanaConnectionFactory(read_at=now - timedelta(minutes=1))
    for name, minutes in (("Followed", 4), ("Listed", 22)):
        project = ProjectFactory(connection=connection, name=name)
        SyncUnit.objects.create(project=project, state="done", read_at=now - timedelta(minutes=22))
        if name == "Followed":
            drained = now - timedelta(minutes=minutes)
            EventStream.objects.create(project=project, drained_at=drained)
    closed = ProjectFactory(connection=connection, name="Closed")
    SyncUnit.objects.create(project=closed, state="failed", read_at=now - timedelta(days=9))
    page = leader.get(reverse("tasks:asana")).content.decode()
    assert "read 4 min ago" in page
    assert "read 22 min ago" in page
    assert "Asana read 22 min ago" in page
    SyncRun.objects.create(connection=connection, asked_at=now, finished_at=now, state="done")
    check = sync_at(now)
    assert (check.ok, check.detail) == (False, "Asana was last read 0:22:00 ago: see the sync log.")
