from datetime import UTC, date, datetime

from godview.periods import Period
from metrics.formulas.on_time import DueTasks
from metrics.formulas.ratio import Ratio
from metrics.queries.deadlines import due_work, listed_work
from metrics.queries.scopes import AGENCY, Scope
from metrics.queries.task_records import due_records, listed_records
from tasks.ledger import deciding, postponing
from tasks.models import Finding, Promise, Task
from tests.factories.asana import MembershipFactory, ProjectFactory, TaskFactory
from tests.factories.clients import DepartmentFactory, StaffFactory
from tests.factories.ledger import FindingFactory
from tests.tasks.ledger.conftest import FRIDAY, LATER, Work, work

__all__ = ["work"]
WEEK = Period(date(2026, 11, 16), date(2026, 11, 23))
NEXT_FRIDAY = date(2026, 11, 27)
ON_THURSDAY = {
    "completed_at": datetime(2026, 11, 19, 10, tzinfo=UTC),
    "completed_on": date(2026, 11, 19),
}
ON_SATURDAY = {
    "completed_at": datetime(2026, 11, 21, 10, tzinfo=UTC),
    "completed_on": date(2026, 11, 21),
}
NEXT_TUESDAY = {
    "completed_at": datetime(2026, 11, 24, 10, tzinfo=UTC),
    "completed_on": date(2026, 11, 24),
}


def due(scope: Scope = AGENCY, period: Period = WEEK) -> DueTasks:
    return due_work(scope, period).within(period)


def listed() -> Ratio:
    return listed_work(AGENCY, WEEK).within(WEEK)


def test_a_promise_is_kept_late_or_never_kept(work: Work):
    work.task("Kept", **ON_THURSDAY)
    work.task("Late", **ON_SATURDAY)
    work.task("After the period", **NEXT_TUESDAY)
    work.task("Open")
    work.reckon()
    assert due() == DueTasks(on_time=1, late=1, never=2)


def test_moving_the_date_or_taking_it_away_changes_nothing(work: Work):
    moved, _ = work.promised("Moved")
    cleared, _ = work.promised("Cleared")
    work.change(moved, due_on=NEXT_FRIDAY, **NEXT_TUESDAY)
    work.change(cleared, due_on=None, **NEXT_TUESDAY)
    work.reckon()
    assert due() == DueTasks(on_time=0, late=0, never=2)
    assert due(period=Period(date(2026, 11, 23), date(2026, 11, 30))).due == 0


def test_the_list_is_flattered_by_moving_and_deleting(work: Work):
    work.task("Kept", **ON_THURSDAY)
    moved, _ = work.promised("Moved")
    gone, _ = work.promised("Gone")
    work.change(moved, due_on=NEXT_FRIDAY)
    work.change(gone, deleted_at=LATER)
    work.reckon()
    assert due() == DueTasks(on_time=1, late=0, never=2)
    assert listed() == Ratio(1, 1)


def made_anew(work: Work, **done) -> Promise:
    """A task deleted and made anew for a later day, as a person has confirmed."""
    task, promise = work.promised("Landing page for spring")
    work.change(task, deleted_at=LATER)
    work.task("Landing page for spring", due_on=NEXT_FRIDAY, created_at=LATER, **done)
    work.reckon()
    for finding in Finding.objects.filter(state=Finding.State.OPEN):
        deciding.confirm(finding=finding, by=StaffFactory(), now=LATER)
    return promise


def test_a_task_made_anew_keeps_the_first_promise_and_makes_no_second(work: Work):
    promise = made_anew(work, **NEXT_TUESDAY)
    promise.standing.refresh_from_db()
    assert promise.standing.carrier != promise.task
    assert due(period=Period(WEEK.start, date(2026, 11, 30))) == DueTasks(0, late=1, never=0)


def test_a_promise_kept_in_the_new_task_is_kept(work: Work):
    made_anew(work, **ON_THURSDAY)
    assert due() == DueTasks(on_time=1, late=0, never=0)


def test_one_made_anew_without_a_day_is_no_task_of_our_own(work: Work):
    task, promise = work.promised("Landing page for spring")
    work.change(task, deleted_at=LATER)
    new = work.task("Landing page for spring", due_on=None, created_at=LATER)
    work.reckon()
    finding = FindingFactory(promise=promise, kind="recreated", event=None, twin=new)
    deciding.confirm(finding=finding, by=StaffFactory(), now=LATER)
    work.change(new, due_on=FRIDAY, first_due_on=FRIDAY)
    work.reckon()
    assert due() == DueTasks(on_time=0, late=0, never=1)
    assert due(Scope("client", work.client.pk)).due == 1


def postpone(work: Work, promise: Promise, asked_at: datetime) -> None:
    asked = postponing.ask(
        promise=promise,
        by=work.ana,
        due_on=NEXT_FRIDAY,
        reason="priority",
        text="A launch came first",
        now=asked_at,
    )
    postponing.approve(postponement=asked, by=StaffFactory(), now=asked_at)


def test_put_off_in_time_it_is_left_out_of_the_adjusted_rate(work: Work):
    postpone(work, work.promised("Asked on Tuesday")[1], LATER)
    assert due() == DueTasks(on_time=0, late=0, never=0, postponed=1)


def test_asked_for_after_its_day_it_is_not(work: Work):
    postpone(work, work.promised()[1], datetime(2026, 11, 21, 9, tzinfo=UTC))
    assert due() == DueTasks(on_time=0, late=0, never=1)


def test_put_off_and_done_in_time_all_the_same_it_is_kept(work: Work):
    task, promise = work.promised()
    postpone(work, promise, LATER)
    work.change(task, **ON_THURSDAY)
    work.reckon()
    assert due() == DueTasks(on_time=1, late=0, never=0)


def test_the_agencys_own_tasks_count_by_their_first_due_date(work: Work):
    TaskFactory(connection=work.connection, first_due_on=FRIDAY, due_on=NEXT_FRIDAY)
    work.reckon()
    assert not Promise.objects.exists()
    assert due() == DueTasks(on_time=0, late=0, never=1)
    assert due(Scope("client", work.client.pk)).due == 0


def test_a_persons_are_those_promised_by_them_and_what_nobody_had_then(work: Work):
    mine, _ = work.promised("Mine")
    nobodys, _ = work.promised("Nobody’s")
    unclaimed = work.task("Nobody’s then")
    Task.objects.filter(pk=unclaimed.pk).update(assignee=None)
    work.reckon()
    Task.objects.filter(pk=unclaimed.pk).update(assignee=work.user)
    Task.objects.filter(pk__in=[mine.pk, nobodys.pk]).update(assignee=None)
    assert due(Scope("manager", work.ana.pk)).due == 3
    assert due(Scope("manager", StaffFactory().pk)).due == 0


def test_a_department_has_its_peoples_and_those_in_its_projects(work: Work):
    theirs = ProjectFactory(connection=work.connection, client=None, department=DepartmentFactory())
    MembershipFactory(task=work.task("In their project too"), project=theirs)
    work.task("Elsewhere")
    work.ana.department = DepartmentFactory()
    work.ana.save()
    work.reckon()
    assert due(Scope("department", work.ana.department_id)).due == 2
    assert due(Scope("department", theirs.department_id)).due == 1


def test_the_rows_recount_to_the_number(work: Work, admin_user):
    work.task("Kept", **ON_THURSDAY)
    postpone(work, work.promised("Put off")[1], LATER)
    TaskFactory(connection=work.connection, first_due_on=FRIDAY, name="Our own")
    work.reckon()
    rows = due_records(AGENCY, WEEK, admin_user)
    assert {(row.name, row.is_on_time, row.is_postponed) for row in rows[:2]} == {
        ("Our own", False, False),
        ("Put off", False, True),
    }
    assert (rows[2].name, rows[2].is_on_time) == ("Kept", True)
    assert len(rows) == due().due
    assert len(listed_records(AGENCY, WEEK, admin_user)) == listed().whole
