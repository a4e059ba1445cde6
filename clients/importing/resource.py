"""Rows of a file into rows of a table: what every kind of file has in common."""

from collections.abc import Hashable
from datetime import date, datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from import_export.resources import ModelResource
from import_export.results import RowResult

from clients.importing.columns import Column
from clients.importing.existing import existing_rows
from clients.importing.writing import write_together


class FastRowResult(RowResult):
    def add_instance_info(self, instance: Any) -> None:
        """The library would ask every row for its name, and that may be a query."""


class RowsResource(ModelResource):
    """Reads each row once, finds the row it means, and writes all of them together.

    A row means an existing one when their identity (`Meta.import_id_fields`) is equal. What is
    equal already is not written, so that importing a file twice changes nothing. Everything that
    is wrong is collected; the caller rolls the transaction back if anything is.
    """

    order: ClassVar[tuple[str, ...]] = ()
    """The names of the columns, as they were declared."""
    overlapping: ClassVar[str] = ""
    """What to call rows of one owner that may not share a day, such as “engagement”."""
    settled: ClassVar[tuple[str, ...]] = ()
    """The fields that `settle` may change in a row that was there already."""
    narrow_by: ClassVar[str] = ""
    """The identity column whose first and last value limit which existing rows are read."""

    class Meta:
        use_bulk = True
        skip_unchanged = True
        skip_diff = True
        batch_size = None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """The columns are what is declared, in that order: nothing is guessed from the model."""
        super().__init_subclass__(**kwargs)
        new = tuple(name for name in cls.fields if name not in cls.order)
        cls.order = (*cls.order, *new)
        setattr(cls, "Meta", type("Meta", (cls.Meta,), {"fields": cls.order}))  # noqa: B010

    def __init__(
        self,
        *,
        today: date | None = None,
        now: datetime | None = None,
        user: Any = None,
        reason: str = "",
        lines: list[int] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.today, self.now, self.user, self.reason = today, now, user, reason[:100]
        self.lines = lines or []
        self.notes: list[str] = []
        self.duplicates: list[int] = []
        self.seen: dict[Hashable, tuple[int, dict[str, Any]]] = {}
        self.existing: dict[Hashable, Any] = {}
        self.create_instances: list[Any]
        self.update_instances: list[Any]

    # -- what the kinds say --------------------------------------------------------------------

    def complete(self, values: dict[str, Any], errors: dict[str, str]) -> None:
        """A chance to work out values from others of the same row, or to refuse them."""

    def settle(self, instance: Any, new: bool) -> None:
        """A chance to set what no column holds in a new or changed row, such as a slug."""

    def check_changed(self, instance: Any) -> None:
        """Raises ValidationError when an existing row may not be changed like that."""

    # -- columns -------------------------------------------------------------------------------

    @classmethod
    def columns(cls) -> list[Column]:
        return [cls.fields[name] for name in cls.order]

    @classmethod
    def get_row_result_class(cls) -> type[RowResult]:
        return FastRowResult

    def attname(self, name: str) -> str:
        return str(self._meta.model._meta.get_field(name).attname)

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        present = set(dataset.headers or ())
        own = [self.fields[name] for name in self.order]  # they remember what they looked up
        self.present: list[Column] = [c for c in own if c.column_name in present]
        self.filling = [(c, self.attname(c.attribute)) for c in self.present if c.attribute]
        fields = self._meta.model._meta
        self.empty = {
            c.attribute: None if fields.get_field(c.attribute).null else ""
            for c, _attname in self.filling
        }
        to_clean = {c.attribute for c in self.present if not c.widget.checked}
        self.not_cleaned = {field.name for field in fields.concrete_fields} - to_clean
        self.identity = tuple(self.get_import_id_fields())
        self.existing = {self.key(row): row for row in existing_rows(self, dataset)}

    def _check_import_id_fields(self, headers: Any) -> None:
        """A column of the identity that is not required may be missing: it has its usual value."""

    def key(self, row: Model) -> Hashable:
        return tuple(getattr(row, self.attname(name)) for name in self.identity)

    # -- one row -------------------------------------------------------------------------------

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        number = kwargs["row_number"]
        self.line = self.lines[number - 1] if number <= len(self.lines) else number
        values: dict[str, Any] = {}
        errors: dict[str, str] = {}
        for column in self.present:
            try:
                values[column.column_name] = column.read(row[column.column_name])
            except ValueError as error:
                errors[column.column_name] = str(error)
        self.complete(values, errors)
        if errors:
            raise ValidationError({name: [sentence] for name, sentence in errors.items()})
        self.values = values

    def get_or_init_instance(self, instance_loader: Any, row: Any) -> tuple[Model, bool]:
        key = tuple(self._identifying(name) for name in self.identity)
        earlier = self.seen.get(key)
        self.repeats = earlier is not None
        if earlier is None:
            self.seen[key] = self.line, self.values
        else:
            self._refuse_contradiction(*earlier)
        existing = self.existing.get(key)
        return (self._meta.model(), True) if existing is None else (existing, False)

    def _identifying(self, name: str) -> Any:
        value = self.values.get(name)
        if value is None:
            return self._meta.model._meta.get_field(name).get_default()
        return _plain(value)

    def _refuse_contradiction(self, line: int, values: dict[str, Any]) -> None:
        different = [name for name, value in self.values.items() if value != values.get(name)]
        if different:
            raise ValidationError(
                _(
                    "Line %(line)s says something else about the same row (%(join_different)s). "
                    "Keep the one that is right."
                )
                % {"line": line, "join_different": ", ".join(different)}
            )

    def import_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        new = instance.pk is None
        self.changed: list[str] = []
        for column, attname in self.filling:
            value = self.values[column.column_name]
            if value is None:
                if column.keeps:
                    continue
                value = self.empty[column.attribute]
            if new or getattr(instance, attname) != _plain(value):
                setattr(instance, column.attribute, value)
                self.changed.append(column.attribute)
        if (new or self.changed) and not self.repeats:
            self.settle(instance, new)

    def skip_row(
        self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None
    ) -> bool:
        if self.repeats:
            self.duplicates.append(self.line)
            return True
        return instance.pk is not None and not self.changed

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """Fields one by one; what needs the other rows is checked once, when all are read."""
        if import_validation_errors:  # what `settle` refused
            raise ValidationError(import_validation_errors)
        instance.clean_fields(exclude=self.not_cleaned)
        if instance.pk is not None:
            self.check_changed(instance)

    def after_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        instance._import_row = kwargs["row_number"]
        self.sign(instance)

    def sign(self, instance: Any) -> None:
        """Whom, what and when the history will name: by this an import knows its own deeds."""
        instance._history_user = self.user
        instance._change_reason = self.reason
        if self.now is not None:
            instance._history_date = self.now

    # -- all rows ------------------------------------------------------------------------------

    def bulk_create(
        self,
        using_transactions: bool,
        dry_run: bool,
        raise_errors: bool,
        batch_size: int | None = None,
        result: Any = None,
    ) -> None:
        self.write(result)

    def bulk_update(self, *args: Any, **kwargs: Any) -> None:
        """Changed rows are written together with the new ones, and before them."""

    def write(self, result: Any) -> None:
        write_together(self, result)

    # -- and out again -------------------------------------------------------------------------

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """What is exported can be imported again, and changes nothing."""
        columns = self.columns()
        related = [c.attribute for c in columns if c.widget.refers and c.attribute]
        return queryset.select_related(*related)


def _plain(value: Any) -> Any:
    """A reference compares by its number."""
    return value.pk if isinstance(value, Model) else value
