from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from godview.encryption import Secret
from tasks import models

NOW = datetime(2026, 11, 16, 10, tzinfo=UTC)


class AsanaConnectionFactory(DjangoModelFactory):
    class Meta:
        model = models.AsanaConnection
        django_get_or_create = ("workspace_gid",)

    workspace_gid = "900"
    workspace_name = "Larkfield"
    acts_as = "God View"
    token = factory.LazyFunction(lambda: Secret.of("a token"))


class AsanaUserFactory(DjangoModelFactory):
    class Meta:
        model = models.AsanaUser

    connection = factory.SubFactory(AsanaConnectionFactory)
    gid = factory.Sequence(lambda n: f"1{n:05}")
    name = factory.Sequence(lambda n: f"Asana user {n}")
    observed_at = NOW


class ProjectFactory(DjangoModelFactory):
    class Meta:
        model = models.Project

    connection = factory.SubFactory(AsanaConnectionFactory)
    gid = factory.Sequence(lambda n: f"2{n:05}")
    name = factory.Sequence(lambda n: f"Project {n}")
    observed_at = NOW


class TaskFactory(DjangoModelFactory):
    class Meta:
        model = models.Task

    connection = factory.SubFactory(AsanaConnectionFactory)
    gid = factory.Sequence(lambda n: f"3{n:05}")
    name = factory.Sequence(lambda n: f"Task {n}")
    content_hash = factory.Sequence(lambda n: f"{n:032x}")
    observed_at = NOW


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = models.Membership

    task = factory.SubFactory(TaskFactory)
    project = factory.SubFactory(ProjectFactory)
