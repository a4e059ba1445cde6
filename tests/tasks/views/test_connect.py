"""The set-up of Asana, against the double over HTTP: each step, left and come back to."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tasks.models import AsanaConnection, AsanaUser, MatchedBy, Project, SyncRun, Task
from tasks.sync import start
from tasks.sync.run import work_on
from tests.asana_double import shapes
from tests.asana_double.server import TOKEN
from tests.factories.asana import AsanaConnectionFactory, AsanaUserFactory, ProjectFactory
from tests.factories.cast import make_cast
from tests.factories.clients import ClientFactory, StaffFactory

pytestmark = pytest.mark.django_db
STEPS = ("token", "workspace", "projects", "users", "read", "report")


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def leader(cast, client):
    client.force_login(cast.leader)
    return client


@pytest.fixture
def asana(double, settings):
    settings.ASANA_BASE_URL = double.url
    settings.ASANA_TRIES, settings.ASANA_RETRY_SECONDS = 2, 0.01
    ada = double.state.add_user("Ada Love", "ada@agency.test")
    double.state.add_user("Guest", "guest@elsewhere.test")
    for name in ("Halden Dental: search", "Haldn Dental ads", "Internal"):
        project = double.state.add_project(name)
        double.state.add_task("Do it", [project.gid], assignee=ada.gid)
    return double


@pytest.fixture
def two_workspaces(asana, monkeypatch):
    other = asana.state.add_workspace("Other")
    both = list(asana.state.workspaces.values())
    monkeypatch.setitem(shapes.COMPUTED["user"], "workspaces", lambda state, user: both)
    return other


def at(name):
    return reverse(f"tasks:connect_{name}")


def work():
    """What the worker does with the run that was asked for."""
    for run in SyncRun.objects.unfinished():
        work_on(run.pk, start.usual_means(timezone.now))


def listed(leader):
    leader.post(at("token"), {"token": TOKEN})
    work()
    return AsanaConnection.objects.get()


@pytest.mark.parametrize("who", ["director", "manager", "accounting"])
def test_for_anybody_but_leaders_no_step_is_there(cast, client, who):
    client.force_login(getattr(cast, who))
    for name in (*STEPS, "callback"):
        assert client.get(at(name)).status_code == 404
    for name in ("token", "ask", "over", "list", "workspace", "read"):
        assert client.post(at(name)).status_code == 404
    client.logout()
    assert "/accounts/login/" in client.get(at("token")).url


def test_a_step_that_cannot_be_opened_yet_leads_to_the_one_to_go_on_with(leader):
    for name in STEPS[1:]:
        assert leader.get(at(name), follow=True).redirect_chain[-1][0] == at("token")


def test_a_token_is_tried_kept_encrypted_and_never_shown(leader, asana):
    answer = leader.post(at("token"), {"token": f" {TOKEN} "}, follow=True)
    connection = AsanaConnection.objects.get()
    assert answer.redirect_chain[-1][0] == at("projects")
    assert connection.token.reveal() == TOKEN
    assert TOKEN not in answer.content.decode()
    assert not asana.requests("/tasks")


@pytest.mark.parametrize("token", ["wrong", "a token", "токен", ""])
def test_a_wrong_token_is_refused_with_what_to_click_and_nothing_is_kept(leader, asana, token):
    answer = leader.post(at("token"), {"token": token})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Create new token" in page
    assert not token or f'value="{token}"' not in page
    assert not AsanaConnection.objects.exists()


def test_asana_that_is_down_is_told_and_asked_again_later(leader, asana):
    asana.faults.add("503")
    page = leader.post(at("token"), {"token": TOKEN}).content.decode()
    assert "Asana could not be asked" in page
    assert TOKEN not in page


def test_of_several_workspaces_a_person_chooses_even_after_a_break(
    leader, cast, asana, two_workspaces
):
    leader.post(at("token"), {"token": TOKEN})
    leader.logout()
    leader.force_login(cast.admin)
    page = leader.get(reverse("tasks:connect"), follow=True)
    assert page.redirect_chain[-1][0] == at("workspace")
    assert "Other" in page.content.decode()
    answer = leader.post(at("workspace"), {"workspace": two_workspaces.gid}, follow=True)
    connection = AsanaConnection.objects.get()
    assert (connection.workspace_name, connection.token.reveal()) == ("Other", TOKEN)
    assert answer.redirect_chain[-1][0] == at("projects")


def test_a_workspace_that_the_token_does_not_reach_is_refused(leader, asana, two_workspaces):
    leader.post(at("token"), {"token": TOKEN})
    page = leader.post(at("workspace"), {"workspace": "1"}).content.decode()
    assert "Say which workspace to read" in page
    leader.post(at("over"))
    assert not AsanaConnection.objects.exists()


def test_a_token_of_another_workspace_is_refused_while_one_is_read(leader, asana):
    AsanaConnectionFactory(workspace_name="Larkfield")
    answer = leader.post(at("token"), {"token": TOKEN})
    assert answer.status_code == 422
    assert "reads the workspace Larkfield: disconnect that one first" in answer.content.decode()
    assert AsanaConnection.objects.get().workspace_name == "Larkfield"


def test_a_new_connection_is_listed_and_no_task_is_read_before_somebody_begins(leader, asana):
    connection = listed(leader)
    assert Project.objects.count() == 3
    assert AsanaUser.objects.count() == 2
    assert connection.is_new
    assert not asana.requests("/tasks")
    assert "Asana is not connected" in leader.get(at("projects")).content.decode()
    assert AsanaConnection.objects.working().count() == 0


def test_a_listing_that_failed_says_why_and_can_be_tried_again(leader, asana):
    leader.post(at("token"), {"token": TOKEN})
    fault = asana.faults.add("500")
    work()
    page = leader.get(at("projects")).content.decode()
    assert "phrase" in page
    assert "List them again" in page
    asana.faults.rules.remove(fault)
    leader.post(at("list"))
    work()
    assert "Haldn Dental ads" in leader.get(at("projects")).content.decode()


def test_the_listing_reloads_the_page_when_it_is_done(leader, asana):
    leader.post(at("token"), {"token": TOKEN})
    run = SyncRun.objects.get()
    address = reverse("tasks:run", args=[run.pk])
    assert address in leader.get(at("projects")).content.decode()
    assert "HX-Refresh" not in leader.get(address).headers
    work()
    assert leader.get(address).headers["HX-Refresh"] == "true"


def test_projects_are_given_to_clients_and_left_out_and_the_next_step_follows(leader, asana):
    halden = ClientFactory(name="Halden Dental")
    connection = listed(leader)
    sure, like, internal = Project.objects.order_by("pk")
    assert sure.client == halden
    page = leader.get(at("projects")).content.decode()
    assert 'value="Halden Dental"' in page.split(f"row-{like.pk}")[1][:200]
    saved = {
        f"row-{like.pk}": "Halden Dental",
        f"row-{internal.pk}": "",
        f"out-{internal.pk}": "on",
        "here": at("projects"),
        "next": at("users"),
    }
    answer = leader.post(reverse("tasks:map_projects", args=[connection.pk]), saved)
    assert answer.url == at("users")
    assert Project.objects.get(pk=like.pk).client == halden
    assert Project.objects.get(pk=internal.pk).left_out
    saved[f"row-{like.pk}"] = "Nobody's client"
    answer = leader.post(reverse("tasks:map_projects", args=[connection.pk]), saved)
    assert answer.url == at("projects")


def test_users_are_our_people_by_e_mail_or_openly_not_ours(leader, asana):
    ada = StaffFactory(name="Augusta King", email="ada@agency.test")
    connection = listed(leader)
    guest = AsanaUser.objects.get(name="Guest")
    assert AsanaUser.objects.get(name="Ada Love").staff == ada
    address = reverse("tasks:map_users", args=[connection.pk])
    leader.post(address, {f"row-{guest.pk}": "", f"out-{guest.pk}": "on"})
    guest.refresh_from_db()
    assert (guest.staff, guest.matched_by) == (None, MatchedBy.PERSON)
    assert not AsanaUser.objects.unmatched().exists()
    leader.post(address, {f"row-{guest.pk}": ""})
    assert AsanaUser.objects.unmatched().get() == guest


def test_the_same_e_mail_elsewhere_is_the_first_guess(leader):
    StaffFactory(name="Augusta King", email="ada@agency.test")
    StaffFactory(name="Ada Lowe", email="lowe@agency.test")
    connection = AsanaConnectionFactory(status="stopped")
    ProjectFactory(connection=connection)
    user = AsanaUserFactory(connection=connection, name="Ada Love", email="ada@home.test")
    page = leader.get(at("users")).content.decode()
    assert 'value="Augusta King"' in page.split(f"row-{user.pk}")[1][:200]


def test_two_thousand_projects_are_found_by_words_and_by_what_is_open(leader):
    connection = AsanaConnectionFactory(status="stopped")
    now = timezone.now()
    Project.objects.bulk_create(
        Project(connection=connection, gid=f"7{n:05}", name=f"Project {n:04}", observed_at=now)
        for n in range(2000)
    )
    Project.objects.filter(name__endswith="7").update(left_out=True)
    page = leader.get(at("projects")).content.decode()
    assert "Page 1 of 20" in page
    assert "2,000 of 2,000, 1,800 to decide" in page
    found = leader.get(at("projects"), {"projects_q": "project 1234"}).content.decode()
    assert "1 of 2,000" in found
    out = leader.get(at("projects"), {"projects_show": "out", "projects": 2}).content.decode()
    assert "Page 2 of 2" in out
    assert "projects_show=out" in out.split("tasks:map", 1)[0]


def test_the_first_read_begins_when_a_person_says_so_and_ends_with_a_report(leader, asana):
    ClientFactory(name="Halden Dental")
    connection = listed(leader)
    Project.objects.filter(name="Internal").update(left_out=True)
    assert "2 projects will be read, 1 left out." in leader.get(at("read")).content.decode()
    leader.post(at("read"), {"requests_per_minute": "150"})
    connection.refresh_from_db()
    assert (connection.status, connection.requests_per_minute) == ("working", 150)
    assert "Waiting for a worker" in leader.get(at("read")).content.decode()
    assert leader.get(at("report")).status_code == 200
    work()
    assert leader.get(reverse("tasks:connect")).url == at("report")
    assert Task.objects.count() == 2
    report = leader.get(at("report")).content.decode()
    assert "2 of 3" in report
    assert "Haldn Dental ads" in report
    assert "Nobody of our people has the e-mail guest@elsewhere.test" in report
    assert f"{at('projects')}?projects_q=Haldn%20Dental%20ads" in report
    assert "read under 1 min ago" in " ".join(leader.get(at("projects")).content.decode().split())


def test_begun_twice_it_is_one_read_and_never_while_the_listing_goes_on(leader, asana):
    leader.post(at("token"), {"token": TOKEN})
    ProjectFactory(connection=AsanaConnection.objects.get())
    leader.post(at("read"), {"requests_per_minute": "1500"})
    assert AsanaConnection.objects.get().is_new
    work()
    for _ in range(2):
        leader.post(at("read"), {"requests_per_minute": "1500"})
    assert SyncRun.objects.filter(full=True).count() == 1


def test_another_token_of_a_known_workspace_takes_the_place_of_the_old_one(leader, asana):
    listed(leader)
    leader.post(at("read"), {"requests_per_minute": "1500"})
    work()
    AsanaConnection.objects.get().stop("Asana refused the token (401).")
    assert leader.get(reverse("tasks:connect")).url == at("token")
    asana.tokens["0/another-token"] = None
    answer = leader.post(at("token"), {"token": "0/another-token"})
    connection = AsanaConnection.objects.get()
    assert answer.url == reverse("tasks:asana")
    assert connection.is_working
    assert connection.token.reveal() == "0/another-token"
    assert Task.objects.count() == 3


@pytest.mark.parametrize("count", [3, 30])
def test_each_step_asks_the_same_few_questions_for_any_number_of_rows(
    leader, django_assert_max_num_queries, count
):
    connection = AsanaConnectionFactory(status="stopped")
    ProjectFactory.create_batch(count, connection=connection)
    AsanaUserFactory.create_batch(count, connection=connection)
    for name in ("projects", "users", "read"):
        with django_assert_max_num_queries(14):
            leader.get(at(name))
    connection.status = "working"
    connection.save()
    SyncRun.objects.create(connection=connection, asked_at=timezone.now(), full=True)
    with django_assert_max_num_queries(24):
        assert leader.get(at("report")).status_code == 200
