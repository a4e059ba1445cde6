"""Numbers of every scope can be asked as they were known before anything was."""

import pytest
from django.test import Client as Browser

from metrics.catalogue import CATALOGUE
from tests.factories.clients import UserFactory
from tests.metrics.lively import lively

pytestmark = pytest.mark.django_db
ASKED = "period=2026-09-01..2026-10-01&as_of=2026-10-01&known_on=2010-01-01"


def test_before_anything_was_known_no_page_breaks(client: Browser):
    scopes = [str(scope) for scope in lively().scopes().values()]
    client.force_login(UserFactory(is_superuser=True))
    for number, key in enumerate(list(CATALOGUE)[::12]):
        scope = scopes[number % len(scopes)]
        answer = client.get(f"/why/{key}/?{ASKED}&scope={scope}")
        assert answer.status_code == 200, (key, scope)
    for scope in scopes:
        assert client.get(f"/why/mrr/?{ASKED}&scope={scope}").status_code == 200, scope
