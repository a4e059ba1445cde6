from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tests.factories.clients import StaffFactory
from tests.factories.training import ModuleVersionFactory
from training.completions import record_completion
from training.models import Completion

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 3, 2)


def test_a_certificate_counts_for_as_long_as_the_version_says():
    completion = record_completion(
        staff=StaffFactory(),
        version=ModuleVersionFactory(months_valid=12),
        completed_on=MONDAY,
        evidence="Google Ads certificate 42",
    )
    assert completion.expires_on == date(2027, 3, 2)
    assert Completion.objects.in_date_on(date(2027, 3, 1)).exists()
    assert not Completion.objects.in_date_on(date(2027, 3, 2)).exists()


def test_without_evidence_it_is_refused():
    with pytest.raises(ValidationError, match="Say how we know"):
        record_completion(
            staff=StaffFactory(), version=ModuleVersionFactory(), completed_on=MONDAY, evidence=""
        )


def test_nobody_passed_what_was_not_published():
    with pytest.raises(ValidationError, match="not published yet"):
        record_completion(
            staff=StaffFactory(),
            version=ModuleVersionFactory(published_on=date(2026, 3, 3)),
            completed_on=MONDAY,
            evidence="A classroom test",
        )
