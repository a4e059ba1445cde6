import pytest

from metrics.queries.scopes import AGENCY, UnknownScopeError, find_scope
from tests.factories.clients import ClientFactory, DepartmentFactory, PodFactory, StaffFactory

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
