"""Takes an import back: what it made goes, what it changed is again as it stood before."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from graphlib import TopologicalSorter
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, models, transaction
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from simple_history.utils import bulk_update_with_history

from clients.importing.load import reason_for
from clients.models import ImportedRow, Upload
from godview.importing.remembering import BATCH, history_of

HOURS = 24
MOST_TOLD = 200
WORKED_OUT_ANEW = "metrics"


class CannotUndoError(ValidationError):
    """Something stands upon the import; the messages say what."""


@dataclass
class Undo:
    """What taking an import back would do, and what is in its way."""

    made: int
    changed: int
    obstacles: list[str] = field(default_factory=list)


def may_undo(upload: Upload, now: datetime) -> bool:
    """For a day; and an import of which no rows were kept changed nothing."""
    if upload.imported_at is None or upload.undone_at is not None:
        return False
    return now < upload.imported_at + timedelta(hours=HOURS) and upload.rows.exists()


def look(upload: Upload) -> Undo:
    """What would go and come back, and everything that was built upon it since."""
    rows = ImportedRow.objects.filter(upload=upload)
    made = rows.filter(was_made=True).count()
    found = Undo(made, rows.count() - made)
    for model in _models_of(upload):
        for sentence in _obstacles(upload, model):
            if len(found.obstacles) == MOST_TOLD:
                return found
            found.obstacles.append(sentence)
    return found


def undo(*, upload: Upload, user: Any, now: datetime) -> Upload:
    """Raises CannotUndoError with the reasons; then nothing was changed."""
    try:
        with transaction.atomic():
            return _undo(upload, user, now)
    except DatabaseError as error:
        refusal = _("Something else took the place of what stood there before. Mend it by hand.")
        raise CannotUndoError(refusal) from error


def _undo(upload: Upload, user: Any, now: datetime) -> Upload:
    row = Upload.objects.select_for_update().get(pk=upload.pk)
    if row.undone_at is not None:
        return row
    if not may_undo(row, now):
        raise CannotUndoError(_("An import can be undone for 24 hours."))
    if obstacles := look(row).obstacles:
        raise CannotUndoError(obstacles)
    told = f"Undone: {reason_for(row.file_name)}"[:100]
    order = _models_of(row)
    for model in order:
        _delete(row, model, user, told)
    for model in reversed(order):
        _restore(row, model, user, told, now)
    connection.check_constraints()
    row.undone_at, row.undone_by = now, user
    row.save(update_fields=["undone_at", "undone_by"])
    return row


def _models_of(upload: Upload) -> list[Any]:
    """Those that refer to others come before them."""
    labels = ImportedRow.objects.filter(upload=upload).values_list("model", flat=True).distinct()
    found = {apps.get_model(label) for label in labels}
    order: TopologicalSorter[Any] = TopologicalSorter()
    for model in found:
        order.add(model)
        links = [f for f in model._meta.concrete_fields if f.is_relation]
        for parent in {f.related_model for f in links if not _lets_go(f)}:
            if parent in found and parent is not model:
                order.add(parent, model)
    return list(order.static_order())


def _lets_go(link: Any) -> bool:
    """What only pointed at a row that goes is in nobody's way."""
    return bool(link.remote_field.on_delete is models.SET_NULL)


# -- what is in the way --------------------------------


def _obstacles(upload: Upload, model: Any) -> Iterator[str]:
    rows = ImportedRow.objects.filter(upload=upload, model=model._meta.label)
    name = model._meta.verbose_name
    lines = history_of(model).objects.filter(id=OuterRef("row_id"))
    later = rows.filter(Exists(lines.filter(history_id__gt=OuterRef("after"))))
    still_there = model._base_manager.in_bulk(list(later.values_list("row_id", flat=True)))
    for row in later.order_by("pk"):
        if row.row_id in still_there:
            told = {"kind": name, "row": still_there[row.row_id]}
            yield _("%(kind)s “%(row)s” was changed again since.") % told
        elif not row.was_made:
            yield _("A row of %(kind)s that it changed was deleted since.") % {"kind": name}
    for row in rows.filter(was_made=False, before=None):
        told = {"kind": name, "row": model._base_manager.filter(pk=row.row_id).first()}
        yield _("Of %(kind)s “%(row)s” nobody kept what stood there before.") % told
    yield from _what_stands_on(upload, model)


def _what_stands_on(upload: Upload, model: Any) -> Iterator[str]:
    made = _made(upload, model)
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and relation.is_relation) or relation.concrete:
            continue
        other, link = relation.related_model, relation.field
        if relation.on_delete is models.DO_NOTHING or _is_worked_out(relation):
            continue
        own = ImportedRow.objects.filter(upload=upload, model=other._meta.label)
        strangers = other._base_manager.filter(**{f"{link.name}__in": made.values("pk")})
        if other._meta.pk.get_internal_type() != "UUIDField":
            strangers = strangers.exclude(pk__in=own.values("row_id"))
        count = strangers.count()
        if count:
            first = getattr(strangers.select_related(link.name).first(), link.name)
            told = {"kind": model._meta.verbose_name, "row": first, "count": count}
            told["what"] = (
                other._meta.verbose_name if count == 1 else other._meta.verbose_name_plural
            )
            yield (
                ngettext(
                    "%(count)s %(what)s was entered upon it since: %(kind)s “%(row)s”.",
                    "%(count)s %(what)s were entered upon it since, first: %(kind)s “%(row)s”.",
                    count,
                )
                % told
            )


def _is_worked_out(relation: Any) -> bool:
    """Rows that the next night works out anew: they go along, and are in nobody's way."""
    app: str = relation.related_model._meta.app_label
    return app == WORKED_OUT_ANEW and relation.on_delete is models.CASCADE


def _made(upload: Upload, model: Any) -> QuerySet[Any]:
    rows = ImportedRow.objects.filter(upload=upload, model=model._meta.label, was_made=True)
    found: QuerySet[Any] = model._base_manager.filter(pk__in=rows.values("row_id"))
    return found


# -- the deed ------------------------------------------


def _delete(upload: Upload, model: Any, user: Any, told: str) -> None:
    rows = ImportedRow.objects.filter(upload=upload, model=model._meta.label, was_made=True)
    _made(upload, model).delete()
    gone = history_of(model).objects.filter(id__in=rows.values("row_id"), history_type="-")
    gone.filter(history_change_reason=None).update(history_user=user, history_change_reason=told)


def _restore(upload: Upload, model: Any, user: Any, told: str, now: datetime) -> None:
    rows = ImportedRow.objects.filter(upload=upload, model=model._meta.label, was_made=False)
    history = history_of(model)
    lines = history.objects.filter(history_id__in=rows.values("before"))
    names = [one.attname for one in history.tracked_fields if not one.primary_key]
    there = model._base_manager.in_bulk(list(rows.values_list("row_id", flat=True)))
    changed: list[Model] = []
    anew: list[Model] = []
    for line in lines:
        row: Model = there.get(line.id) or model(pk=line.id)
        for name in names:
            setattr(row, name, getattr(line, name))
        row._history_user, row._change_reason = user, told  # type: ignore[attr-defined]
        (changed if line.id in there else anew).append(row)
    fields = [one.name for one in history.tracked_fields if not one.primary_key]
    bulk_update_with_history(changed, model, fields, batch_size=BATCH, default_date=now)
    for row in anew:
        row.save(force_insert=True)
    _tell_earlier_imports(rows, model, history)


def _tell_earlier_imports(rows: Any, model: Any, history: Any) -> None:
    """What an earlier import wrote stands there again: that one can be undone in its turn."""
    before = dict(rows.values_list("row_id", "before"))
    earlier = ImportedRow.objects.filter(model=model._meta.label, after__in=before.values())
    told = [row for row in earlier if before.get(row.row_id) == row.after]
    for row in told:
        row.after = history.objects.filter(id=row.row_id).latest("history_id").history_id
    ImportedRow.objects.bulk_update(told, ["after"], batch_size=BATCH)
