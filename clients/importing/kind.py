from dataclasses import dataclass

from django.utils.functional import Promise

from clients.importing.columns import Column
from clients.importing.resource import RowsResource


@dataclass(frozen=True)
class Kind:
    """One kind of file that can be imported."""

    name: str
    title: str | Promise
    what: str | Promise
    resource: type[RowsResource]
    example: tuple[tuple[str, ...], ...] = ()

    @property
    def columns(self) -> list[Column]:
        return self.resource.columns()

    @property
    def column_names(self) -> list[str]:
        return [column.column_name for column in self.columns]

    @property
    def required(self) -> list[str]:
        return [column.column_name for column in self.columns if column.required]
