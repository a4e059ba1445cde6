"""Whatever fits the schema, or nearly, is answered as the schema says: never with a 500."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import connection
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, settings
from rest_framework.views import APIView
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from clients.models import ApiToken
from godview.wsgi import application
from tests.factories.kept import for_a_file
from tests.factories.world import make_world

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(scope="module")
def leader_token(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """One world for all operations, taken back at the end; no rate limits, no log of refusals."""
    with pytest.MonkeyPatch.context() as patch, for_a_file(django_db_blocker):
        patch.setattr(APIView, "throttle_classes", [])
        for signal in (request_started, request_finished):  # they would close the transaction
            patch.setattr(signal, "receivers", [])
        logging.disable(logging.ERROR)
        leader = make_world().cast.leader
        yield ApiToken.objects.create(user=leader, name="fuzz", scope="write")[1]
        logging.disable(logging.NOTSET)


def load(coverage: bool) -> Any:
    """With coverage, the schema's every edge is tried: hundreds for a list's filters."""
    document = SchemaGenerator().get_schema(public=True)  # type: ignore[no-untyped-call]
    schema = schemathesis.openapi.from_dict(json.loads(json.dumps(document)))
    schema.app = application
    schema.config.phases.coverage.enabled = coverage
    schema.config.phases.coverage.unexpected_methods = set()
    return schema


# The same examples come on either database; the first of them are enough on the second one.
ON_SQLITE = connection.vendor == "sqlite"
bounded = settings(
    max_examples=10 if ON_SQLITE else 4,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
at_random = load(coverage=False).include(method=["GET", "PUT"])
to_the_edges = load(coverage=True).exclude(method=["GET", "PUT"])


def headers_of(token: str) -> dict[str, str]:
    """The checker reads answers as they stand: it asks for none that is compressed."""
    return {"Authorization": f"Token {token}", "Accept-Encoding": "identity"}


@at_random.parametrize()
@bounded
def test_every_operation_answers_as_the_schema_says(case: Any, leader_token: str) -> None:
    case.call_and_validate(headers=headers_of(leader_token), checks=CHECKS)


@to_the_edges.parametrize()
@bounded
def test_every_write_at_its_limits_answers_as_the_schema_says(case: Any, leader_token: str) -> None:
    case.call_and_validate(headers=headers_of(leader_token), checks=CHECKS)
