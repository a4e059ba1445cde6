from datetime import date

import pytest

from clients.models import Client
from godview.periods import Period
from metrics.dashboards.numbers import compute
from metrics.queries.reach import may_see
from metrics.queries.scopes import AGENCY, UnknownScopeError, find_scope
from tests.factories.cast import make_cast
from tests.factories.clients import (
    AssignmentFactory,
    ClientFactory,
    DepartmentFactory,
    EngagementFactory,
    FeeFactory,
    PodFactory,
    PodMembershipFactory,
    StaffFactory,
)

pytestmark = pytest.mark.django_db


def test_the_agency_is_everything():
    assert find_scope("agency") == AGENCY


@pytest.mark.parametrize("reference", ["P7", "cobalt", "Cobalt"])
def test_a_pod_is_found_by_its_id_its_slug_or_its_name(reference):
    pod = PodFactory(external_id="P7", slug="cobalt", name="Cobalt")
    found = find_scope(f"pod:{reference}")
    assert (found.kind, found.id, str(found)) == ("pod", pod.pk, "pod:Cobalt")


def test_the_other_kinds_are_found_too():
    assert find_scope(f"manager:{StaffFactory().external_id}").kind == "manager"
    assert find_scope(f"client:{ClientFactory().name}").kind == "client"
    assert find_scope(f"department:{DepartmentFactory().slug}").kind == "department"


@pytest.mark.parametrize("text", ["pod:Nowhere", "client:", "pods:Cobalt", "everybody", ""])
def test_what_does_not_exist_is_refused_with_a_sentence(text):
    with pytest.raises(UnknownScopeError, match=r"There is no|is not a scope"):
        find_scope(text)


def test_a_name_that_two_share_is_refused():
    StaffFactory(name="Ana Ruiz")
    StaffFactory(name="Ana Ruiz")
    with pytest.raises(UnknownScopeError, match="more than one manager"):
        find_scope("manager:Ana Ruiz")


def test_a_name_is_taken_as_it_is_written_colons_and_all():
    ClientFactory(name="Halden: Dental")
    assert find_scope("client:Halden: Dental").name == "Halden: Dental"


@pytest.fixture
def kinds():
    """Two clients of one pod, one a dentist with a retainer for SEO until May, and a designer."""
    pod = PodFactory(name="Cobalt")
    dentist = ClientFactory(name="Halden", industry="Dental")
    other = ClientFactory(name="Orbit", industry="Software")
    for client in (dentist, other):
        EngagementFactory(client=client, started_on=date(2026, 1, 1))
        AssignmentFactory(client=client, pod=pod, started_on=date(2026, 1, 1))
    for client, service, model in ((dentist, "SEO", "retainer"), (other, "PPC", "out_staff")):
        FeeFactory(
            client=client,
            service=service,
            finance_model=model,
            starts_on=date(2026, 1, 1),
            ends_on=date(2026, 5, 1),
            amount=1000,
        )
    FeeFactory(client=dentist, service="Design", starts_on=date(2026, 1, 1), amount=0, per="once")
    designer = StaffFactory(name="Dee", role="designer")
    PodMembershipFactory(
        pod=pod, staff=designer, started_on=date(2026, 3, 1), ended_on=date(2026, 4, 1)
    )


@pytest.mark.parametrize(
    ("text", "day", "active", "mrr"),
    [
        ("industry:dental", date(2026, 4, 1), 1, 1000),
        ("industry:Dental", date(2026, 6, 1), 1, 0),
        ("service:SEO", date(2026, 4, 1), 1, 1000),
        ("service:SEO", date(2026, 6, 1), 0, 0),
        ("finance_model:out_staff", date(2026, 4, 1), 1, 1000),
        ("designer:Dee", date(2026, 3, 15), 2, 2000),
        ("designer:Dee", date(2026, 2, 15), 0, None),  # of no client's fee is anything known yet
        ("designer:Dee", date(2026, 4, 1), 0, 0),
    ],
)
def test_a_segment_or_a_designer_has_the_clients_of_the_day(kinds, text, day, active, mrr):
    period = Period(date(2026, 2, 1), day)
    scope = find_scope(text)
    found = compute(scope, period, day)
    assert found["clients_active"].value == active
    assert found["mrr"].value == mrr
    on_the_day = Client.objects.served_on(day).filter(scope.clients_on(day, "pk"))
    assert on_the_day.count() == active


def test_a_segment_that_nobody_is_in_is_refused_with_a_sentence(kinds):
    with pytest.raises(UnknownScopeError, match="No client has the industry “Mining”"):
        find_scope("industry:Mining")


@pytest.mark.parametrize(("person", "may"), [("leader", True), ("manager", False)])
def test_only_who_sees_all_clients_sees_the_numbers_of_a_segment(person, may):
    cast = make_cast()
    ClientFactory(industry="Dental")
    assert may_see(cast.person(person), find_scope("industry:Dental"), date(2026, 6, 1)) is may


def test_the_money_of_a_service_is_what_is_paid_for_it(kinds):
    dentist = Client.objects.get(name="Halden")
    FeeFactory(client=dentist, service="PPC", starts_on=date(2026, 1, 1), amount=500)
    march = Period(date(2026, 3, 1), date(2026, 4, 1))
    assert compute(find_scope("service:SEO"), march, march.end, ["mrr"])["mrr"].value == 1000
    assert compute(find_scope("service:PPC"), march, march.end, ["mrr"])["mrr"].value == 1500
