from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tasks.ledger import deciding
from tasks.ledger.events import tell
from tasks.models import Finding, Promise, PromiseEvent, Standing
from tests.factories.asana import NOW
from tests.factories.clients import StaffFactory
from tests.factories.ledger import FindingFactory
from tests.tasks.ledger.conftest import FRIDAY, LATER, Work

NEXT_FRIDAY = date(2026, 11, 27)


@pytest.fixture
def moved(work: Work) -> Finding:
    task, _ = work.promised()
    work.change(task, due_on=NEXT_FRIDAY)
    work.reckon()
    return Finding.objects.get()


def recreated(work: Work) -> tuple[Promise, Promise, Finding]:
    task, promise = work.promised(created_at=NOW)
    work.change(task, deleted_at=LATER)
    _, copy = work.promised("Landing page v2", due_on=NEXT_FRIDAY, created_at=LATER)
    return promise, copy, Finding.objects.get(twin=copy.task)


def test_a_confirmed_finding_is_told_with_who_and_why(moved: Finding):
    leader = StaffFactory(name="Lea")
    deciding.confirm(finding=moved, by=leader, now=LATER, note="Agreed with nobody")
    moved.refresh_from_db()
    assert (moved.state, moved.decided_by, moved.note) == (
        "confirmed",
        leader,
        "Agreed with nobody",
    )
    assert PromiseEvent.objects.last().kind == "confirmed"


def test_a_dismissal_needs_a_reason_is_told_and_no_longer_counts_against_it(moved: Finding):
    with pytest.raises(ValidationError, match="why it is in order"):
        deciding.dismiss(finding=moved, by=StaffFactory(), now=LATER, note=" ")
    deciding.dismiss(finding=moved, by=StaffFactory(), now=LATER, note="The client asked for it")
    assert PromiseEvent.objects.last().kind == "dismissed"
    assert Standing.objects.get().attempts == 0


def test_it_is_decided_once(moved: Finding):
    deciding.confirm(finding=moved, by=StaffFactory(), now=LATER)
    with pytest.raises(ValidationError, match="quicker"):
        deciding.dismiss(finding=moved, by=StaffFactory(), now=LATER, note="No")


def test_a_task_made_anew_carries_the_first_promise_which_alone_counts(work: Work):
    promise, copy, finding = recreated(work)
    deciding.confirm(finding=finding, by=StaffFactory(), now=LATER)
    assert list(Promise.objects.counted()) == [promise]
    standing = Standing.objects.get(pk=promise.pk)
    assert (standing.carrier, standing.state) == (copy.task, "open")
    assert (standing.agreed_on, standing.due_on) == (FRIDAY, NEXT_FRIDAY)
    assert promise.events.get(kind="recreated").twin == copy.task


def test_the_copy_done_keeps_the_first_promise(work: Work):
    promise, copy, finding = recreated(work)
    deciding.confirm(finding=finding, by=StaffFactory(), now=LATER)
    work.change(copy.task, completed_at=LATER, completed_on=FRIDAY)
    work.reckon()
    work.reckon()
    standing = Standing.objects.get(pk=promise.pk)
    assert (standing.state, standing.completed_on) == ("done", FRIDAY)
    assert Promise.objects.count() == 2, "the copy is not promised again"


def test_who_took_a_task_away_does_not_dismiss_that_it_was_made_anew(work: Work):
    promise, _, finding = recreated(work)
    bo = StaffFactory(name="Bo")
    tell(promise, PromiseEvent.Kind.REMOVED, now=LATER, by=bo)
    with pytest.raises(ValidationError, match="somebody else decides"):
        deciding.dismiss(finding=finding, by=bo, now=LATER, note="Another task")
    deciding.dismiss(finding=finding, by=StaffFactory(), now=LATER, note="Another task")


def test_nobody_dismisses_what_they_did_themselves(work: Work):
    finding = FindingFactory(promise__owner=work.ana)
    with pytest.raises(ValidationError, match="somebody else decides"):
        deciding.dismiss(finding=finding, by=work.ana, now=LATER, note="In order")
    finding.refresh_from_db()
    assert finding.state == "open"
