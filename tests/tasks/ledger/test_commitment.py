from datetime import date

from clients.models import Client
from tasks.ledger.commitment import commit_tasks, stand
from tasks.models import Promise, Standing
from tests.factories.asana import MembershipFactory, ProjectFactory
from tests.factories.clients import ClientFactory
from tests.tasks.ledger.conftest import FRIDAY, LATER, Work


def test_a_due_date_in_a_clients_project_is_a_promise_with_its_words_owner_and_day(work: Work):
    task = work.task()
    assert commit_tasks(work.connection) == 1
    promise = Promise.objects.get()
    assert (promise.client, promise.owner, promise.text) == (work.client, work.ana, "Landing page")
    assert (promise.due_on, promise.task, promise.unplanned) == (FRIDAY, task, False)
    assert promise.committed_at == task.observed_at
    standing = promise.standing
    assert (standing.state, standing.carrier, standing.agreed_on) == ("open", task, FRIDAY)


def test_it_is_promised_once(work: Work):
    work.task()
    assert commit_tasks(work.connection) == 1
    assert commit_tasks(work.connection) == 0
    assert stand() == 0


def test_without_a_day_or_a_client_nothing_is_promised(work: Work):
    work.task(due_on=None)
    ours = work.task("Our website")
    ours.memberships.update(project=ProjectFactory(connection=work.connection))
    assert commit_tasks(work.connection) == 0


def test_a_task_of_two_clients_is_promised_to_the_one_it_stood_with_first(work: Work):
    task = work.task()
    other: Client = ClientFactory()
    MembershipFactory(task=task, project=ProjectFactory(connection=work.connection, client=other))
    commit_tasks(work.connection)
    assert Promise.objects.get().client == work.client


def test_what_was_done_when_it_was_first_seen_is_done(work: Work):
    work.task(completed_at=LATER, completed_on=date(2026, 11, 17))
    commit_tasks(work.connection)
    standing = Standing.objects.get()
    assert (standing.state, standing.completed_on) == ("done", date(2026, 11, 17))


def test_the_first_day_ever_seen_counts_though_it_has_moved_since(work: Work):
    work.task(due_on=date(2026, 11, 27), first_due_on=FRIDAY)
    commit_tasks(work.connection)
    assert Promise.objects.get().due_on == FRIDAY
    assert Standing.objects.get().due_on == FRIDAY
