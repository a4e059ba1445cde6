"""Values that nobody foresaw, and texts that were the end of many a program."""

from datetime import date

import pytest

from clients.models import Client
from tasks.models import SyncRun, Task
from tests.asana_double.fuzz import WAYS
from tests.asana_double.scenes import HARD_TEXTS
from tests.factories.clients import StaffFactory, UserFactory
from tests.tasks.faults.ground import Ground


@pytest.mark.fault(31)
@pytest.mark.parametrize("what", WAYS)
def test_strange_values_are_kept_and_nothing_breaks(ground: Ground, what: str) -> None:
    ground.double.observer = None  # they are not in the description: that is the point
    ground.fill(2, subtasks=1)
    ground.fault("fuzz", path="/(tasks|users|projects|events|stories)", what=what)
    assert ground.read().state == SyncRun.State.DONE
    ground.change(ground.task("Task 0.1"), due_on="2027-04-01")
    ground.drain()
    if what == "unknown enum":
        assert set(Task.objects.values_list("kind", flat=True)) == {"quantum_default_task"}
    ground.calm()
    ground.reconcile()
    ground.is_right()


@pytest.mark.fault(32)
def test_hard_texts_are_stored_and_the_pages_stay_whole(ground: Ground, client) -> None:
    gid = ground.fill(1, tasks=2)[0]
    day = date(2027, 5, 4).isoformat()
    for name in HARD_TEXTS.values():
        ground.act("POST", "/tasks", {"name": name, "projects": [gid], "due_on": day})
    ground.act("PUT", f"/tasks/{ground.task('Task 0.1').gid}", {"notes": "long " * 200_000})
    ground.double.observer = None
    ground.fault("fuzz", path="/projects/.*/tasks", what="half surrogate", times=1)
    assert ground.read().state == SyncRun.State.DONE
    ground.reconcile()
    ground.is_right()
    assert not any("\x00" in task.name for task in Task.objects.all())
    client.force_login(StaffFactory(role="leadership", user=UserFactory()).user)
    for address in ("/deadlines/", f"/clients/{Client.objects.get().slug}/"):
        page = client.get(address)
        body = page.content.decode()
        assert page.status_code == 200
        assert body.rstrip().endswith("</html>")
        assert "<script>alert(" not in body
