"""Which rows that are there already a file may mean."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import Model, Q, QuerySet

from clients.importing.columns import Column

if TYPE_CHECKING:
    from clients.importing.resource import RowsResource

FEW = 5_000


def existing_rows(resource: "RowsResource", dataset: Any) -> Iterable[Model]:
    """Those of the clients that the file names; of long histories, those of its dates only."""
    rows: QuerySet[Model] = resource._meta.model._default_manager.all()
    if "client" in resource.identity and "client" in dataset.headers:
        named = {str(name or "").strip() for name in dataset["client"]}
        if len(named) <= FEW:
            of_all = Q(client=None) if "" in named else Q()
            rows = rows.filter(Q(client__external_id__in=named) | of_all)
    if resource.narrow_by:
        column: Column = resource.fields[resource.narrow_by]
        values = list(_readable(column, dataset))
        if not values:
            return []
        rows = rows.filter(**{f"{resource.narrow_by}__range": (min(values), max(values))})
    return rows


def _readable(column: Column, dataset: Any) -> Iterator[Any]:
    for cell in dataset[column.column_name]:
        try:
            value = column.read(cell)
        except ValueError:
            continue
        if value is not None:
            yield value
