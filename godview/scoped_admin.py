"""What every page of the admin keeps to: rows, choices, filters and history are one's own.

A row outside the reach answers 404, like in the pages and the API, and is nowhere named or counted.
"""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.core.exceptions import PermissionDenied
from django.db import DEFAULT_DB_ALIAS, models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from import_export.admin import ExportActionMixin
from import_export.formats.base_formats import CSV, XLSX
from import_export.forms import ExportForm
from import_export.resources import ModelResource, modelresource_factory
from simple_history.admin import SimpleHistoryAdmin
from simple_history.template_utils import HistoricalRecordContextHelper

from godview.access import is_leader, reach_of, sees

HIDDEN = "(outside your reach)"


def visible(queryset: models.QuerySet[Any], user: Any) -> models.QuerySet[Any]:
    visible_to = getattr(queryset, "visible_to", None)
    return visible_to(user) if visible_to else queryset


class OwnRows(BaseModelAdmin[Any]):
    """For lists and inlines alike: the person's rows, and the person's rows to choose from."""

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return visible(super().get_queryset(request), request.user)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if "queryset" not in kwargs:
            rows = db_field.remote_field.model._default_manager.all()
            kwargs["queryset"] = visible(rows, request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class ScopedInline(OwnRows, admin.TabularInline[Any, Any]):
    extra = 0
    show_change_link = True


class ScopedAdmin(OwnRows, ExportActionMixin, admin.ModelAdmin[Any]):
    list_per_page = 50
    show_facets = admin.ShowFacets.ALLOW
    export_formats: ClassVar[list[Any]] = [CSV, XLSX]
    export_form_class = ExportForm
    show_change_form_export = False
    import_export_change_list_template = "admin/rows.html"
    resource_classes: ClassVar[list[type[ModelResource]]] = []
    """The columns that the import reads, so that what goes out can come in again."""
    export_fields: ClassVar[tuple[str, ...]] = ()
    """Where there is no import: the columns that go out. With neither, nothing does."""
    import_kind: ClassVar[str] = ""

    def has_export_permission(self, request: HttpRequest) -> bool:
        something = bool(self.resource_classes or self.export_fields)
        return something and self.has_view_permission(request)

    def get_export_resource_classes(self, request: HttpRequest) -> list[type[ModelResource]]:
        if self.resource_classes:
            return self.resource_classes
        return [modelresource_factory(self.model, meta_options={"fields": self.export_fields})]

    def get_valid_export_item_pks(self, request: HttpRequest) -> Any:
        return self.get_queryset(request).values_list("pk", flat=True)

    def get_urls(self) -> list[URLPattern]:
        urls: list[URLPattern] = super().get_urls()
        if not self.import_kind:
            return urls
        name = f"{self.opts.app_label}_{self.opts.model_name}_import"
        view = self.admin_site.admin_view(self.import_action)
        return [path("import/", view, name=name), *urls]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        importing = self.import_kind and is_leader(request.user)
        context = {
            "import_url": self._url("import") if importing else "",
            "export_url": self._url("export"),
        }
        return super().changelist_view(request, {**(extra_context or {}), **context})

    def _url(self, page: str) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}")

    def import_action(self, request: HttpRequest) -> HttpResponse:
        """There is one importer, with its preview and its report: the product's own page."""
        return redirect(f"{reverse('import')}?kind={self.import_kind}")

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        address = getattr(obj, "get_absolute_url", None)
        return address() if address and obj.pk else None

    def _get_obj_does_not_exist_redirect(self, *args: Any) -> HttpResponse:
        raise Http404

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What else would go must be the person's own too, or nothing goes and nothing is named."""
        user = request.user
        if not reach_of(user).everything and not all(sees(user, row) for row in hanging_on(objs)):
            return [], {}, set(), ["Rows outside your reach hang on this: ask an administrator."]
        return super().get_deleted_objects(objs, request)


def hanging_on(objs: Any) -> list[models.Model]:
    """All rows that would go with these, or that stand against it."""
    collector = models.deletion.Collector(using=DEFAULT_DB_ALIAS, origin=objs)
    try:
        collector.collect(list(objs))
    except models.ProtectedError as refusal:
        return list(refusal.protected_objects)
    except models.RestrictedError as refusal:
        return list(refusal.restricted_objects)
    slow = [row for rows in collector.data.values() for row in rows]
    return slow + [row for rows in collector.fast_deletes for row in rows]


class OwnHistory(HistoricalRecordContextHelper):
    """Old and new values, without the names of rows that the person may not see."""

    user: Any = None

    def prepare_delta_change_value(self, change: Any, value: Any) -> Any:
        prepared = super().prepare_delta_change_value(change, value)
        if isinstance(prepared, models.Model) and not sees(self.user, prepared):
            return HIDDEN
        return prepared


class HistoryAdmin(ScopedAdmin, SimpleHistoryAdmin):
    """With who changed what, when, from what to what."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self._refuse_a_foreign_row(request, object_id)
        return super().history_view(request, object_id, extra_context)

    def history_form_view(
        self,
        request: HttpRequest,
        object_id: str,
        version_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        self._refuse_a_foreign_row(request, object_id)
        self._refuse_a_foreign_past(request, object_id, version_id)
        row = self.get_object(request, object_id)
        if request.method == "POST" and not self.has_change_permission(request, row):
            raise PermissionDenied  # the library lets whoever may look at a version restore it
        answer: HttpResponse = super().history_form_view(
            request, object_id, version_id, extra_context
        )
        return answer

    def get_historical_record_context_helper(self, request: HttpRequest, record: Any) -> OwnHistory:
        helper = OwnHistory(self.model, record)
        helper.user = request.user
        return helper

    def _refuse_a_foreign_row(self, request: HttpRequest, object_id: str) -> None:
        """The library falls back on what a deleted row was; only who sees everything may."""
        if not object_id.isdigit():
            raise Http404
        if not reach_of(request.user).everything and self.get_object(request, object_id) is None:
            raise Http404

    def _refuse_a_foreign_past(self, request: HttpRequest, object_id: str, version_id: str) -> None:
        """An old version may name what the row belonged to then: another client, say."""
        versions = self.model.history.filter(id=object_id, pk=version_id)
        past = versions.first() if version_id.isdigit() else None
        if past is None:
            raise Http404
        named = [getattr(past.instance, field.name) for field in _references(self.model)]
        if not all(sees(request.user, row) for row in named if row is not None):
            raise Http404


def _references(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.fields if field.is_relation]


class ReadOnlyAdmin(ScopedAdmin):
    """For what machines write."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class VisibleRelatedFilter(admin.RelatedFieldListFilter):
    """A filter by another row offers the person's own rows only."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        rows = field.remote_field.model._default_manager.all()
        within = {"pk__in": visible(rows, request.user).values("pk")}
        ordering = self.field_admin_ordering(field, request, model_admin)
        return field.get_choices(include_blank=False, ordering=ordering, limit_choices_to=within)


admin.FieldListFilter.register(
    lambda field: bool(field.remote_field), VisibleRelatedFilter, take_priority=True
)
