"""The description of the API: valid, complete, and what its documentation reads."""

import json
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client as Browser

from godview.api import NOUNS
from tests.factories.cast import make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def schema() -> Any:
    browser = Browser()
    browser.force_login(make_cast().leader)
    return json.loads(browser.get("/api/schema/?format=json").content)


def test_the_schema_is_valid_and_without_a_warning(tmp_path: Any):
    call_command("spectacular", "--validate", "--fail-on-warn", file=str(tmp_path / "schema.yml"))
    assert (tmp_path / "schema.yml").read_text().startswith("openapi: 3.")


def test_every_noun_is_described(schema: Any):
    for noun in NOUNS:
        assert f"/api/v1/{noun}/" in schema["paths"]
        assert f"/api/v1/{noun}/{{id}}/" in schema["paths"]


def test_every_operation_says_how_it_refuses(schema: Any):
    for path in schema["paths"].values():
        for method, operation in path.items():
            expected = {"400", "401", "403", "404", "429"}
            expected |= {"409", "413", "415"} if method != "get" else set()
            assert expected <= set(operation["responses"])
            assert operation["security"]


def test_what_is_sent_is_a_closed_list_of_fields(schema: Any):
    requests = {n: s for n, s in schema["components"]["schemas"].items() if n.endswith("Request")}
    assert len(requests) > 30
    assert all(body["additionalProperties"] is False for body in requests.values())


def test_no_secret_is_a_field(schema: Any):
    words = json.dumps(schema).lower()
    for secret in ("password", "digest", "token_hint", "is_superuser", "last_login"):
        assert secret not in words


def test_the_documentation_leads_a_signed_out_person_to_sign_in():
    assert Browser().get("/api/docs/")["Location"].startswith("/accounts/login/")
