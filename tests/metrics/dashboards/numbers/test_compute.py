import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from metrics.catalogue import CATALOGUE
from metrics.dashboards.numbers import NUMBERS, compute
from metrics.queries.scopes import AGENCY, Scope
from tests.factories.clients import AssignmentFactory, PodFactory
from tests.metrics.histories import JUNE, client, touch

pytestmark = pytest.mark.django_db


def test_every_metric_of_the_catalogue_is_computed_and_no_other():
    assert list(NUMBERS) == list(CATALOGUE)


def test_an_empty_agency_has_a_reason_for_every_number_that_is_missing():
    for key, measure in compute(AGENCY, JUNE, JUNE.end).items():
        assert measure.value is not None or measure.reason, key


def test_the_unit_is_that_of_the_catalogue():
    client("Anyone", fee=1000)
    for key, measure in compute(AGENCY, JUNE, JUNE.end).items():
        expected = "EUR" if CATALOGUE[key].unit == "money" else CATALOGUE[key].unit
        assert measure.unit == expected, key


def test_only_what_is_asked_for_is_read(django_assert_num_queries):
    with django_assert_num_queries(2):
        found = compute(AGENCY, JUNE, JUNE.end, ["on_time_rate", "weekly_goal_hit_rate"])
    assert list(found) == ["on_time_rate", "weekly_goal_hit_rate"]


@pytest.mark.parametrize("kind", ["agency", "pod"])
def test_the_number_of_queries_does_not_grow_with_the_clients(kind):
    pod = PodFactory()
    scope = AGENCY if kind == "agency" else Scope("pod", pod.pk, pod.name)
    counts = []
    for size in (1, 12):
        for number in range(size):
            of = client(f"Client {size} {number}", fee=1000)
            AssignmentFactory(client=of, pod=pod, account_manager=None)
            touch(of, JUNE.start)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            compute(scope, JUNE, JUNE.end)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 31


def test_a_metric_nobody_knows_is_refused_loudly():
    with pytest.raises(KeyError):
        compute(AGENCY, JUNE, JUNE.end, ["happiness"])
