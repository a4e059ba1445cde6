from datetime import date, datetime, timedelta

from tasks.ledger import deciding
from tasks.ledger.searching import find_twins
from tasks.models import Finding, Promise, Task
from tests.factories.clients import ClientFactory, StaffFactory
from tests.tasks.ledger.conftest import LATER, Work

NEXT_FRIDAY = date(2026, 11, 27)


def new_task(work: Work, name: str, hours: float = 1, **fields) -> Task:
    moment: datetime = LATER + timedelta(hours=hours)
    more = {"due_on": NEXT_FRIDAY, "created_at": moment, "first_seen_at": moment, **fields}
    return work.task(name, **more)


def twins() -> list[Finding]:
    return list(Finding.objects.filter(kind="recreated"))


def test_deleted_and_made_anew_under_another_name_it_is_found_and_joined(work: Work):
    task, promise = work.promised()
    work.change(task, deleted_at=LATER)
    twin = new_task(work, "Landing page v2")
    work.reckon()
    (finding,) = twins()
    assert (finding.promise, finding.twin) == (promise, twin)
    assert finding.score > 0.8
    assert "the same person has it" in finding.evidence["reasons"]
    deciding.confirm(finding=finding, by=StaffFactory(), now=LATER)
    assert list(Promise.objects.counted()) == [promise]


def test_it_is_found_though_the_new_one_came_in_a_later_read(work: Work):
    task, _ = work.promised()
    work.change(task, deleted_at=LATER)
    work.reckon()
    assert twins() == []
    new_task(work, "Landing page again", hours=20)
    work.reckon()
    work.reckon()
    assert len(twins()) == 1


def test_a_dismissed_one_is_not_found_again(work: Work):
    task, _ = work.promised()
    work.change(task, deleted_at=LATER)
    new_task(work, "Landing page v2")
    work.reckon()
    deciding.dismiss(finding=twins()[0], by=StaffFactory(), now=LATER, note="Another page")
    work.reckon()
    assert len(twins()) == 1


def test_taken_out_of_the_project_counts_as_lost_too(work: Work):
    task, _ = work.promised()
    task.memberships.all().delete()
    new_task(work, "Landing page")
    work.reckon()
    assert len(twins()) == 1


def test_without_a_loss_a_task_of_the_same_name_is_nobodys_twin(work: Work):
    work.promised()
    new_task(work, "Landing page")
    work.reckon()
    assert twins() == []


def test_another_clients_task_is_no_twin(work: Work):
    task, _ = work.promised()
    work.change(task, deleted_at=LATER)
    other = Work()
    other.project.client = ClientFactory(name="Another")
    other.project.save()
    new_task(other, "Landing page")
    work.reckon()
    assert twins() == []


def test_two_losses_and_one_new_task_make_one_finding(work: Work):
    first, _ = work.promised("Landing page")
    second, _ = work.promised("Landing page draft")
    for task in (first, second):
        work.change(task, deleted_at=LATER)
    new_task(work, "Landing page")
    work.reckon()
    assert [finding.promise.task for finding in twins()] == [first]


def test_with_nothing_lost_it_is_one_query(work: Work, django_assert_num_queries):
    for number in range(5):
        work.promised(f"Task {number}")
    with django_assert_num_queries(1):
        find_twins(work.connection, LATER)


def test_a_client_in_which_nothing_is_new_is_looked_at_once(
    work: Work, django_assert_max_num_queries
):
    task, _ = work.promised("Landing page")
    work.change(task, deleted_at=LATER)
    other = new_task(work, "Quarterly tax advice")
    work.reckon()
    with django_assert_max_num_queries(4):
        assert find_twins(work.connection, LATER) == []
    work.change(other, name="Landing page", modified_at=LATER)
    assert len(find_twins(work.connection, LATER)) == 1
