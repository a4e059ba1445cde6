"""Removes the demo agency: all of it and nothing else, or nothing at all."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Model, Q

from clients.models import DemoMark, SetupStep, Staff, Upload, User
from godview.demo.belongings import HANDED_OVER, Belongings, Link
from godview.demo.mark import marked_models
from metrics.models import Snapshot
from tasks.ledger import guard

BATCH = 500


@transaction.atomic
def remove_demo(*, by: Staff | None = None) -> int:
    """How many rows are gone. The ledger's guard is lifted for the demo's promises only here.

    What the agency set up since, such as a wall display, is handed over to whoever removes it.

    Everything is refused together: a row left behind that names one that is gone ends it all.
    """
    mark = DemoMark.objects.select_for_update().first()
    if mark is None:
        return 0
    found = Belongings(mark, has_heir=by is not None).find()
    count = found.rows
    guard.remove(connection)
    for link in found.links:
        if found.going[link.target]:
            _let_go(link, found, by)
    users = found.going[User]
    Upload.objects.filter(uploaded_by__in=users).update(uploaded_by=None)
    Upload.objects.filter(undone_by__in=users).update(undone_by=None)
    SetupStep.objects.filter(settled_by__in=users).update(settled_by=None)
    for model in found.models:
        _delete(model, found.going[model])
    for model in marked_models():
        if hasattr(model, "history_type"):
            _forget(model, found)
    Snapshot.objects.all().delete()  # they counted the demo; what is left is counted anew
    DemoMark.objects.all().delete()
    connection.check_constraints()
    guard.install(connection)
    transaction.on_commit(cache.clear)
    return count


def _let_go(link: Link, found: Belongings, by: Staff | None) -> None:
    """Rows that stay name nobody who goes."""
    heir = by if link.name in HANDED_OVER else None
    if heir is None and not link.column.null:
        return
    named = link.model._base_manager.all()
    if link.column.null:
        named = named.exclude(**{link.column.name: None})
    pairs = named.values_list("pk", link.column.attname)
    going, target = found.going[link.model], found.going[link.target]
    loose = [pk for pk, other in pairs.iterator() if other in target and pk not in going]
    for pks in _batches(loose):
        link.model._base_manager.filter(pk__in=pks).update(**{link.column.name: heir})


def _delete(model: type[Model], pks: Iterable[int]) -> None:
    """Row by row as it was found: what hangs on them was found with them."""
    for some in _batches(sorted(pks)):
        rows: Any = model._base_manager.filter(pk__in=some)
        rows._raw_delete(rows.db)


def _forget(history: Any, found: Belongings) -> None:
    """The history of what is gone, and of what the demo itself removed again."""
    model = history.instance_type
    last = int(found.mark.last_ids.get(history._meta.label, 0))
    staying = set(model._base_manager.values_list("pk", flat=True)) - found.going[model]
    going = found.going[model]
    lines = history._base_manager.values_list("history_id", model._meta.pk.name)
    old = [number for number, pk in lines.filter(history_id__lte=last) if pk not in staying]
    later = [number for number, pk in lines.filter(history_id__gt=last) if pk in going]
    for some in _batches([*old, *later]):
        rows = history._base_manager.filter(history_id__in=some)
        rows._raw_delete(rows.db)
    named = history._base_manager.filter(~Q(history_user=None))
    named.exclude(history_user__in=User.objects.values("pk")).update(history_user=None)


def _batches(pks: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(pks), BATCH):
        yield pks[start : start + BATCH]
