"""Training over HTTP, to read."""

from godview.rest.viewsets import Rows
from training import models
from training.api import filters, serializers


class TrainingModuleViewSet(Rows[models.TrainingModule]):
    queryset = models.TrainingModule.objects.prefetch_related("requirements")
    serializer_class = serializers.TrainingModuleSerializer
    filterset_class = filters.TrainingModuleFilters


class ModuleVersionViewSet(Rows[models.ModuleVersion]):
    """The versions of modules that are published; leaders see drafts as well."""

    queryset = models.ModuleVersion.objects.all()
    serializer_class = serializers.ModuleVersionSerializer
    filterset_class = filters.ModuleVersionFilters


class AttemptViewSet(Rows[models.Attempt]):
    """One's own attempts; directors see those of their departments, leaders everybody's."""

    queryset = models.Attempt.objects.select_related("version")
    serializer_class = serializers.AttemptSerializer
    filterset_class = filters.AttemptFilters


class CompletionViewSet(Rows[models.Completion]):
    """Who passed what; for oneself, one's departments, or everybody."""

    queryset = models.Completion.objects.all()
    serializer_class = serializers.CompletionSerializer
    filterset_class = filters.CompletionFilters
