"""What people do to promises, what only looks like it, and evidence that cannot be relied on."""

from datetime import UTC, datetime, timedelta

import pytest

from tasks.models import Finding, PromiseEvent, SyncRun, Task
from tests.asana_double.scenes import DISGUISES
from tests.tasks.faults.ground import Ground
from tests.tasks.sync.world import HOUR

DAY = 24 * HOUR


def scene(ground: Ground, name: str, task: str, **more: object) -> None:
    by = next(iter(ground.state.users))
    ground.switch("scene", scene=name, task=ground.task(task).gid, by=by, **more)


@pytest.mark.fault(23)
@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_twin_is_found_under_every_disguise(ground: Ground, disguise: str) -> None:
    gid = ground.fill(1, tasks=8)[0]
    ground.change(ground.task("Task 0.1"), name="Prepare the landing page")
    ground.read()
    later = ground.state.projects[gid].sections[0]
    scene(
        ground,
        "twin",
        "Prepare the landing page",
        due_on="2027-09-30",
        disguise=disguise,
        section=later,
    )
    ground.drain()
    ground.is_right(
        {
            ("deleted", "Prepare the landing page"),
            ("recreated", "Prepare the landing page"),
        }
    )
    twin = Finding.objects.get(kind="recreated").twin
    assert twin is not None
    assert twin.deleted_at is None


@pytest.mark.fault(23)
def test_work_that_only_looks_like_a_twin_is_none(ground: Ground) -> None:
    """Next week's of a weekly task; a list put in as a whole, of which one is taken out."""
    gid = ground.fill(1, tasks=8)[0]
    ground.change(ground.task("Task 0.1"), name="Weekly call with the owner")
    ground.read()
    scene(ground, "weekly repeat", "Weekly call with the owner", due_on="2027-05-09")
    for number in range(4):
        data = {"name": f"Launch checklist {number}", "projects": [gid], "due_on": "2027-06-01"}
        ground.act("POST", "/tasks", data)
    ground.drain()
    ground.act("DELETE", f"/tasks/{ground.task('Launch checklist 2').gid}")
    ground.drain()
    ground.is_right({("deleted", "Launch checklist 2")})


@pytest.mark.fault(24)
def test_only_real_moves_of_a_date_are_findings(ground: Ground) -> None:
    ground.fill(1, tasks=20)
    ground.read()
    person = next(iter(ground.state.users))

    def set_day(number: int, user: str | None = None, **fields: str | None) -> None:
        gid = ground.task(f"Task 0.{number}").gid
        ground.act("PUT", f"/tasks/{gid}", fields, user=user or person)

    set_day(0, due_on="2027-06-30")  # later: real
    set_day(1, due_on="2027-05-01")  # sooner
    set_day(2, due_on=None)  # taken away: real
    scene(ground, "clear and set", "Task 0.3", due_on="2027-06-30")  # real
    scene(ground, "same day", "Task 0.4", at="2027-05-05T22:30:00.000Z")  # 23:30 in London
    scene(ground, "same day", "Task 0.5", at="2027-05-05T23:15:00.000Z")  # the 6th, in London
    set_day(6, user="system", due_on="2027-06-30")  # a rollup
    scene(ground, "roll over", "Task 0.7", due_on="2027-05-15")  # it repeats
    set_day(8, due_at="2027-05-10T09:00:00.000Z")  # a day later than promised: real
    ground.drain()
    ground.is_right(
        {
            ("moved", "Task 0.0"),
            ("cleared", "Task 0.2"),
            ("moved", "Task 0.3"),
            ("moved", "Task 0.8"),
        }
    )
    scene(ground, "clear and set", "Task 0.2", due_on="2027-07-01")
    set_day(4, due_on="2027-05-05")  # the hour is taken away again
    ground.drain()
    excuses = dict(PromiseEvent.objects.exclude(excuse="").values_list("promise__text", "excuse"))
    assert excuses == {
        "Task 0.1": "earlier",
        "Task 0.4": "same_day",
        "Task 0.5": "same_day",
        "Task 0.6": "rollup",
        "Task 0.7": "recurring",
    }
    assert Finding.objects.filter(promise__text="Task 0.2").count() == 2
    assert Task.objects.get(name="Task 0.7").carries.count() == 1


@pytest.mark.fault(24)
@pytest.mark.parametrize(
    ("day", "at"),
    [
        ("2027-03-28", "2027-03-28T00:30:00.000Z"),  # the night the clocks go forward
        ("2027-10-31", "2027-10-31T23:59:00.000Z"),  # the day that has 25 hours
        ("2027-07-01", "2027-06-30T23:00:00.000Z"),  # midnight in London, noon in Kiritimati
    ],
)
def test_an_hour_on_a_day_when_clocks_change_is_that_day(ground: Ground, day: str, at: str) -> None:
    ground.fill(1)
    ground.change(ground.task("Task 0.1"), due_on=day)
    ground.read()
    ground.change(ground.task("Task 0.1"), due_at=at)
    ground.drain()
    assert Task.objects.get(name="Task 0.1").due_on.isoformat() == day
    ground.is_right()


@pytest.mark.fault(25)
@pytest.mark.parametrize("how", ["missing", "deleted", "late", "in Japanese"])
def test_without_good_evidence_the_ledger_is_right_all_the_same(ground: Ground, how: str) -> None:
    ground.fill(1)
    ground.read()
    person = next(iter(ground.state.users))
    if how == "missing":
        ground.switch("stories", lose=1.0)
    elif how == "late":
        ground.switch("stories", late_seconds=1800)
    elif how == "in Japanese":
        ground.switch("stories", language="ja")
    task = ground.task("Task 0.1")
    ground.act("PUT", f"/tasks/{task.gid}", {"due_on": "2027-08-01"}, user=person)
    if how == "deleted":
        story = ground.state.diary.of(task)[-1]
        ground.act("DELETE", f"/stories/{story.gid}", user=person)
    ground.drain()
    ground.drain(later=HOUR)
    event = PromiseEvent.objects.get()
    assert (event.was, event.now) == ("2027-05-02", "2027-08-01")
    assert (event.actor_name == "") == (how != "in Japanese")
    ground.is_right({("moved", "Task 0.1")})


@pytest.mark.fault(26)
@pytest.mark.parametrize(("stamps", "date"), [(600, -600), (-600, 600), (600, 600), (-600, -600)])
@pytest.mark.parametrize("way", ["changes", "events"])
def test_with_wrong_clocks_no_change_is_lost(
    ground: Ground, stamps: int, date: int, way: str
) -> None:
    ground.switch("clock", stamp_skew_seconds=stamps, date_skew_seconds=date)
    ground.fill(2)
    ground.read()
    if way == "changes":
        ground.switch("events", drop=1.0)
    for number in range(3):
        ground.switch("clock", advance_seconds=30)
        ground.change(ground.task("Task 0.1"), due_on=f"2027-04-0{number + 1}")
        if way == "events":
            ground.drain()
        else:
            assert ground.read().state == SyncRun.State.DONE
    ground.is_right()


@pytest.mark.fault(26)
@pytest.mark.parametrize("moment", ["2028-02-29T12:00:00+00:00", "2028-02-28T23:59:59.500+00:00"])
def test_many_changes_in_one_millisecond_on_a_leap_day_all_arrive(
    ground: Ground, moment: str
) -> None:
    ground.fill(1)
    ground.read()
    ground.switch("clock", set=moment)
    ground.switch("clock", freeze=True)
    task = ground.task("Task 0.1")
    for number in range(3):
        ground.change(task, due_on="2028-02-29", name=f"Name {number}")
        ground.drain()
        assert Task.objects.get(gid=task.gid).name == f"Name {number}"
    ground.switch("clock", freeze=False)
    ground.switch("clock", set=(datetime.fromisoformat(moment) + timedelta(hours=3)).isoformat())
    ground.reconcile()
    assert datetime.fromisoformat(moment).astimezone(UTC).year == 2028
    ground.is_right({("moved", "Task 0.1")})
