"""All rows of a file into the database at once, with their history."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from import_export.results import Result
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from clients.importing.overlaps import overlaps

if TYPE_CHECKING:
    from clients.importing.resource import RowsResource

BATCH = 500


def write_together(resource: "RowsResource", result: Result) -> None:
    """At once; where the database refuses, one by one, to learn which row it is."""
    refused = set(_refuse_overlaps(resource, result))
    changed = [row for row in resource.update_instances if row._import_row not in refused]
    new = [row for row in resource.create_instances if row._import_row not in refused]
    try:
        with transaction.atomic():
            _write(resource, changed, new)
    except IntegrityError:
        for instance in new:  # the refused attempt may have left a number
            instance.pk, instance._state.adding = None, True
        _write_one_by_one([*changed, *new], result)


def _write(resource: "RowsResource", changed: list[Any], new: list[Any]) -> None:
    """Changed rows first: one that ends may make room for a new one."""
    model, told = resource._meta.model, {"batch_size": BATCH, "default_date": resource.now}
    if changed:
        columns = [column.attribute for column, _attname in resource.filling]
        fields = [name for name in columns if name not in resource.identity]
        fields += [name for name in resource.settled if name not in fields]
        changed.sort(key=lambda row: getattr(row, "ended_on", None) is None)
        bulk_update_with_history(changed, model, fields, **told)
    if new:
        bulk_create_with_history(new, model, **told)


def _write_one_by_one(instances: list[Any], result: Result) -> None:
    for instance in instances:
        try:
            with transaction.atomic():
                instance.full_clean()
                instance.save()
        except ValidationError as error:
            result.append_invalid_row(instance._import_row, {}, error)


def _refuse_overlaps(resource: "RowsResource", result: Result) -> Iterator[int]:
    """The numbers of the rows that share a day with another of the same owner."""
    if not resource.overlapping:
        return
    rows = [*resource.existing.values(), *resource.create_instances]
    owners = [resource.attname(name) for name in resource.identity if name != "started_on"]
    for row, other in overlaps(rows, owners):
        number = getattr(row, "_import_row", None) or getattr(other, "_import_row", None)
        if number is None:
            continue  # neither is in the file: it was like that before
        sentence = _(
            "This %(kind)s overlaps another one (%(start)s to %(end)s). End that one first, "
            "or change the dates."
        ) % {
            "kind": resource.overlapping,
            "start": other.started_on or _("always"),
            "end": other.ended_on or _("today"),
        }
        result.append_invalid_row(number, {}, ValidationError(sentence))
        yield number
