"""Rows of one model over HTTP, each person's own: what lies outside the reach answers 404."""

from typing import Any, TypeVar

from django.db import models, transaction
from rest_framework import mixins
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import GenericViewSet

from godview.access import staff_of

M = TypeVar("M", bound=models.Model)


class Rows(mixins.ListModelMixin, mixins.RetrieveModelMixin, GenericViewSet[M]):
    """List and look at."""

    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> models.QuerySet[M]:
        queryset = super().get_queryset()
        visible_to = getattr(queryset, "visible_to", None)
        return visible_to(self.request.user) if visible_to else queryset


class AddableRows(mixins.CreateModelMixin, Rows[M]):
    """List, look at and add."""

    @transaction.atomic
    def perform_create(self, serializer: BaseSerializer[M]) -> None:
        serializer.instance = self.added(**serializer.validated_data)

    def added(self, **fields: Any) -> M:
        """The deed that makes the new row. A plain one is saved as it was checked."""
        return self.get_queryset().model._default_manager.create(**fields)


class EditableRows(AddableRows[M], mixins.UpdateModelMixin, mixins.DestroyModelMixin):
    """List, look at, add, change and delete."""

    @transaction.atomic
    def perform_update(self, serializer: BaseSerializer[M]) -> None:
        super().perform_update(serializer)

    @transaction.atomic
    def perform_destroy(self, instance: M) -> None:
        super().perform_destroy(instance)


def member_of_staff(request: Request) -> Any:
    """Whose deed it is: an account that belongs to nobody cannot act where a person must."""
    staff = staff_of(request.user)
    if staff is None:
        raise PermissionDenied("Your account belongs to no member of staff.")
    return staff
