from django.db import models

from godview.access import ScopedQuerySet


class SectionQuerySet(ScopedQuerySet["Section"]):
    client_path = "project__client"


class Section(models.Model):
    """A column or heading inside an Asana project, such as “This week”."""

    project = models.ForeignKey("tasks.Project", models.CASCADE, related_name="sections")
    gid = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=500, blank=True)

    objects = SectionQuerySet.as_manager()

    class Meta:
        ordering = ["project", "name", "gid"]

    def __str__(self) -> str:
        return self.name or f"Section {self.gid}"
