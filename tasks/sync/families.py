"""Subtasks under their parents, standing wherever the parents stand."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from tasks.asana.payload import TaskRecord
from tasks.models import Membership, Task
from tasks.sync.upsert import chunks

# Asana nests five deep.
LEVELS = 5


def gather(children: Mapping[int, set[int]]) -> None:
    """Hang each child under its parent (both as primary keys) and give it the parent's places.

    Nothing is written for a family that is as it was.
    """
    everybody = set().union(*children.values())
    if not everybody:
        return
    parent_now = dict(_values(everybody))
    own, inherited = _places(everybody | children.keys())
    new: list[tuple[int, int]] = []
    old: list[int] = []
    followed: set[int] = set()
    for parent, below in children.items():
        strangers = {child for child in below if parent_now.get(child) != parent}
        Task.objects.filter(pk__in=strangers).update(parent=parent)
        stands_in = own[parent] | inherited[parent].keys()
        for child in below:
            wanted, has = stands_in - own[child], inherited[child]
            new += [(child, project) for project in wanted - has.keys()]
            old += [pk for project, pk in has.items() if project not in wanted]
            if wanted != has.keys():
                followed.add(child)
    Membership.objects.bulk_create(
        [Membership(task_id=task, project_id=project, inherited=True) for task, project in new],
        batch_size=500,
        ignore_conflicts=True,
    )
    for part in chunks(old):
        Membership.objects.filter(pk__in=part).delete()
    for part in chunks(followed):
        # What hangs under them must follow in the next round.
        Task.objects.filter(pk__in=part).update(subtasks_read_at=None)


def hang(records: Sequence[TaskRecord], ids: Mapping[str, int]) -> None:
    """Subtasks stand where their parents stand; parents are stored before they are looked for."""
    below = [one for one in records if one.parent and one.parent != one.gid]
    on_top = [ids[one.gid] for one in records if not one.parent and one.gid in ids]
    for part in chunks(on_top):
        Membership.objects.filter(task__in=part, inherited=True).delete()
    gids = {one.parent for one in below} - ids.keys()
    known = {**ids} | dict(Task.objects.filter(gid__in=gids).values_list("gid", "pk"))
    children: dict[int, set[int]] = {}
    for one in below:
        if one.parent in known and one.gid in known:
            children.setdefault(known[one.parent], set()).add(known[one.gid])
    is_nested = any(parent in below for below in children.values() for parent in children)
    for _ in range(LEVELS if is_nested else len(children) and 1):
        gather(children)


def _values(tasks: Iterable[int]) -> Iterable[tuple[int, int | None]]:
    for part in chunks(tasks):
        yield from Task.objects.filter(pk__in=part).values_list("pk", "parent_id")


def _places(tasks: Iterable[int]) -> tuple[dict[int, set[int]], dict[int, dict[int, int]]]:
    """For each task the projects of its own, and the inherited ones with their rows."""
    own: dict[int, set[int]] = defaultdict(set)
    inherited: dict[int, dict[int, int]] = defaultdict(dict)
    for part in chunks(tasks):
        rows = Membership.objects.filter(task__in=part)
        for pk, task, project, is_inherited in rows.values_list(
            "pk", "task_id", "project_id", "inherited"
        ):
            if is_inherited:
                inherited[task][project] = pk
            else:
                own[task].add(project)
    return own, inherited
