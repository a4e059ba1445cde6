"""The page of thirteen weeks, and the small question that open pages ask once a minute."""

import csv
import io

import pytest

from metrics.dashboards.changes import mark_of
from metrics.queries.stamps import read_stamps
from tests.factories.cast import make_cast
from tests.factories.clients import TouchpointFactory
from tests.metrics.views.browsing import browser_of, opened, queries, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


# -- thirteen weeks


def test_the_csv_holds_what_the_page_shows(cast):
    page = opened(cast.leader, "/goals/?rows=clients&metric=contact").content.decode()
    answer = opened(cast.leader, "/goals/?rows=clients&metric=contact&format=csv")
    header, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (header[0], len(header)) == ("name", 14)
    assert [row[0] for row in rows] == ["Acme", "Boreal"]
    assert page.count('<th scope="row">') == len(rows)


def test_a_part_of_the_agency_has_only_its_own_rows(cast):
    slug = cast.pod_a.slug
    page = words(opened(cast.leader, f"/goals/?rows=clients&scope=pod:{slug}"))
    assert "Acme" in page
    assert "Boreal" not in page


def test_a_manager_sees_the_weeks_of_their_own_clients_only(cast):
    page = words(opened(cast.manager, "/goals/?rows=clients"))
    assert "Acme" in page
    assert "Boreal" not in page
    opened(cast.manager, f"/goals/?scope=pod:{cast.pod_b.slug}", status=404)


def test_nonsense_in_the_address_shows_the_usual_grid(cast):
    assert "Weekly goals hit, 13 weeks" in words(opened(cast.leader, "/goals/?rows=x&metric=y"))


@pytest.mark.parametrize("metric", ["goals", "pace", "light", "contact"])
@pytest.mark.parametrize("rows", ["people", "pods", "clients"])
def test_the_grid_asks_little(cast, rows, metric):
    assert queries(cast.leader, f"/goals/?rows={rows}&metric={metric}") <= 10


# -- what has changed since


def asked(user, since, told=""):
    return browser_of(user).get(f"/today/changes/?since={since}&told={told}")


def test_while_nothing_changes_only_the_clock_goes_on(cast):
    answer = asked(cast.leader, mark_of(read_stamps()))
    assert answer["HX-Reswap"] == "none"
    assert 'id="as-of"' in answer.content.decode()


def test_changes_are_counted_and_said_once(cast):
    TouchpointFactory(client=cast.client_a)
    before = mark_of(read_stamps())
    TouchpointFactory(client=cast.client_a)
    first = asked(cast.leader, before)
    assert "1 change, show" in words(first)
    assert 'role="status"' in first.content.decode()
    assert asked(cast.leader, before, told="1").status_code == 204
    TouchpointFactory(client=cast.client_a)
    more = asked(cast.leader, before, told="1")
    assert "2 changes, show" in words(more)
    assert 'role="status"' not in more.content.decode(), "it was said already"


def test_to_ask_costs_one_look_at_the_ends_of_the_histories(cast):
    mark = mark_of(read_stamps())
    assert queries(cast.leader, f"/today/changes/?since={mark}") <= 3


def test_nonsense_is_no_change(cast):
    assert asked(cast.leader, "yesterday")["HX-Reswap"] == "none"


# -- today of a part


@pytest.mark.parametrize("kind", ["department", "pod", "manager"])
def test_today_of_a_part_says_where_one_is_and_how_to_get_back(cast, kind):
    row = {"department": cast.department_a, "pod": cast.pod_a, "manager": cast.manager.staff}[kind]
    page = opened(cast.leader, f"/?scope={kind}:{row.slug}&marks=contact")
    html = page.content.decode()
    assert 'aria-current="page"' in html
    assert f">Page of {row.name}</a>" in html
    assert 'href="?marks=contact">Clear</a>' in html


def test_today_of_a_foreign_part_is_not_there(cast):
    opened(cast.manager, f"/?scope=pod:{cast.pod_b.slug}", status=404)
    opened(cast.leader, "/?scope=client:acme", status=404)


def test_today_of_a_part_asks_little(cast):
    assert queries(cast.leader, f"/?scope=pod:{cast.pod_a.slug}") <= 15
