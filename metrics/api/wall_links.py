"""Screens on the wall: which there are. A link's token is shown once, where it is made."""

import django_filters
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from godview.rest.filters import RowFilters, order_by
from godview.rest.serializers import RowSerializer
from godview.rest.viewsets import Rows
from metrics import models, wall_links


class WallLinkFilters(RowFilters):
    searched = ("title", "scope")
    open = django_filters.BooleanFilter("revoked_at", "isnull", label="Not revoked.")
    ordering = order_by("created_at", "seen_at")

    class Meta:
        model = models.WallLink
        fields = ("scope", "names", "rotates", "created_by")


class WallLinkSerializer(RowSerializer[models.WallLink]):
    """A screen, what it shows, and when it last asked. Nothing here opens it."""

    class Meta:
        model = models.WallLink
        fields = (
            "id",
            "title",
            "scope",
            "names",
            "rotates",
            "created_by",
            "created_at",
            "revoked_at",
            "seen_at",
        )
        read_only_fields = fields


class WallLinkViewSet(Rows[models.WallLink]):
    """For leaders."""

    queryset = models.WallLink.objects.all()
    serializer_class = WallLinkSerializer
    filterset_class = WallLinkFilters
    deeds = {"revoke": "change"}

    @extend_schema(request=None, responses=WallLinkSerializer)
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, pk: str) -> Response:
        """From now on it opens nothing; the screen says so."""
        link = self.get_object()
        wall_links.revoke(link=link, now=timezone.now())
        link.refresh_from_db()
        return Response(self.get_serializer(link).data)
