"""Every address of the API x method x person: what is foreign answers like what is absent."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client as Browser
from rest_framework.views import APIView

from godview.api import NOUNS, router
from tests.factories.cast import PEOPLE
from tests.factories.kept import for_a_file
from tests.factories.world import World, make_world

pytestmark = pytest.mark.django_db
ABSENT = 999_999

# Who must not see the rows of the other side; the others reach both or have no role at all.
CROSSERS = ("director", "manager", "designer", "salesperson", "marketing")
NOBODIES = ("left", "stranger")
DEEDS = (
    ("obligations", "answer"),
    ("tactics", "judge"),
    ("experiments", "stop"),
    ("weekly-goals", "task"),
    ("findings", "confirm"),
    ("findings", "dismiss"),
    ("postponements", "approve"),
    ("postponements", "refuse"),
    ("promises", "change"),
    ("pivots", "judge"),
    ("help-requests", "give"),
    ("risks", "answer"),
    ("risks", "close"),
    ("meetings", "end"),
    ("meeting-turns", "pass"),
    ("attention", "assign"),
    ("attention", "snooze"),
    ("attention", "close"),
    ("attention", "reopen"),
)
FOR_LEADERS = (("wall-links", "revoke"),)  # tests/metrics/api/test_wall_links.py
# What a cost is, is for who answers for the money; to the others the whole list is closed.
CLOSED = {name: {"costs"} for name in ("manager", "designer", "salesperson", "marketing")}
METHODS = ("get", "put", "patch", "delete", "head")


@pytest.fixture(autouse=True)
def _no_rate_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(APIView, "throttle_classes", [])


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with for_a_file(django_db_blocker):
        yield make_world()


def but_once(people: Iterable[str], *on_both: str) -> list[Any]:
    """Who may reach what is no matter of the database: some are enough on the second one."""
    once = pytest.mark.once
    return [name if name in on_both else pytest.param(name, marks=once) for name in people]


def browser_of(world: World, person: str) -> Browser:
    browser = Browser(raise_request_exception=True)
    browser.force_login(getattr(world.cast, person))
    return browser


def ask(browser: Browser, method: str, url: str, body: dict[str, Any] | None = None) -> Any:
    if method in ("get", "head", "delete"):
        return getattr(browser, method)(url)
    return getattr(browser, method)(url, json.dumps(body or {}), content_type="application/json")


def test_every_noun_is_in_the_world_of_the_tests(world: World):
    """A new address of the API must come with rows here, or nobody proves its walls."""
    personal = {"attempts", "completions"}  # whose training one sees: tests/api/test_training.py
    assert set(NOUNS) == {*world.own, *world.shared, *personal}
    assert set(world.own) == set(world.foreign)


def test_every_address_of_the_router_is_a_noun_or_a_deed_of_one():
    names = {pattern.name for pattern in router.urls} - {"api-root"}
    known = {f"{noun}-{kind}" for noun in NOUNS for kind in ("list", "detail")}
    assert names - known == {f"{noun}-{deed}" for noun, deed in (*DEEDS, *FOR_LEADERS)}


@pytest.mark.parametrize("person", but_once(CROSSERS, "director", "manager"))
def test_a_foreign_row_answers_like_an_absent_one(world: World, person: str):
    browser = browser_of(world, person)
    for noun, row in world.foreign.items():
        for method in METHODS:
            foreign = ask(browser, method, f"/api/v1/{noun}/{row.pk}/")
            absent = ask(browser, method, f"/api/v1/{noun}/{ABSENT}/")
            assert foreign.status_code == absent.status_code, (noun, method)
            assert foreign.content == absent.content, (noun, method)
            assert foreign.status_code in (404, 403, 405), (noun, method, foreign.content)
        looked_at = ask(browser, "get", f"/api/v1/{noun}/{row.pk}/")
        assert looked_at.status_code == (403 if closed(person, noun) else 404), noun
    assert rows_are_there(world.foreign)


@pytest.mark.parametrize("person", but_once(CROSSERS, "director", "manager"))
def test_a_deed_on_a_foreign_row_answers_like_on_an_absent_one(world: World, person: str):
    browser = browser_of(world, person)
    for noun, deed in DEEDS:
        foreign = ask(browser, "post", f"/api/v1/{noun}/{world.foreign[noun].pk}/{deed}/")
        absent = ask(browser, "post", f"/api/v1/{noun}/{ABSENT}/{deed}/")
        assert foreign.status_code == absent.status_code in (403, 404)
        assert foreign.content == absent.content


@pytest.mark.parametrize("person", but_once(CROSSERS, "director", "manager"))
def test_lists_and_their_counts_hold_no_foreign_row(world: World, person: str):
    browser = browser_of(world, person)
    own = world.own if person in ("director", "manager", "designer") else {}
    for noun in world.foreign:
        answer = ask(browser, "get", f"/api/v1/{noun}/?page_size=200")
        if closed(person, noun):
            assert answer.status_code == 403
            continue
        expected = [own[noun].pk] if own else []
        if noun == "pod-memberships" and own:
            expected = [row.pk for row in world.cast.pod_a.memberships.all()]
        if noun == "survey-requests" and own:
            expected.append(own["csi-answers"].request_id)  # type: ignore[attr-defined]
        if noun == "promises" and own:  # the 90-day goal is one, too
            expected = [row.pk for row in world.cast.client_a.promises.all()]
        found = [row["id"] for row in answer.json()["results"]]
        assert sorted(found) == sorted(expected), noun
        assert answer.json()["count"] == len(expected), noun
        assert b"Foreignmark" not in answer.content
        assert b"Boreal" not in answer.content


@pytest.mark.parametrize("person", but_once(("leader", "admin", "accounting"), "leader"))
def test_who_reaches_every_client_sees_both_sides(world: World, person: str):
    browser = browser_of(world, person)
    for noun in world.own:
        for row in (world.own[noun], world.foreign[noun]):
            assert ask(browser, "get", f"/api/v1/{noun}/{row.pk}/").status_code == 200, noun


@pytest.mark.parametrize("person", but_once(NOBODIES, "left"))
def test_without_a_role_there_is_nothing_at_all(world: World, person: str):
    browser = browser_of(world, person)
    for noun in NOUNS:
        assert ask(browser, "get", f"/api/v1/{noun}/").status_code == 403, noun
    for noun, row in {**world.own, **world.foreign, **world.shared}.items():
        for method in METHODS:
            answer = ask(browser, method, f"/api/v1/{noun}/{row.pk}/")
            assert answer.status_code in (403, 405), (noun, method)


def test_signed_out_there_is_nothing_at_all(world: World):
    browser = Browser()
    for noun, row in {**world.own, **world.shared}.items():
        for method in METHODS:
            assert ask(browser, method, f"/api/v1/{noun}/{row.pk}/").status_code == 401, noun
        assert ask(browser, "post", f"/api/v1/{noun}/").status_code == 401
    assert browser.get("/api/v1/").status_code == 401
    assert browser.get("/api/v1/nothing/here/").status_code == 401
    assert browser.get("/api/schema/").status_code == 401


def references(noun: str) -> dict[str, str]:
    """The fields of a noun that name another row of a client's, and which noun that row is."""
    by_model = {viewset.queryset.model: name for name, viewset in NOUNS.items()}  # type: ignore[attr-defined]
    model: Any = NOUNS[noun].queryset.model  # type: ignore[attr-defined]
    written = NOUNS[noun].serializer_class().get_fields()  # type: ignore[attr-defined]
    found = {
        field.name: by_model.get(field.related_model)
        for field in model._meta.fields
        if field.is_relation and field.name in written and not written[field.name].read_only
    }
    return {name: target for name, target in found.items() if target}


@pytest.mark.parametrize("person", but_once(("director", "manager", "designer"), "director"))
def test_no_write_takes_a_foreign_reference(world: World, person: str):
    """In every field of every noun, in adding and in changing, a foreign id does not exist."""
    browser = browser_of(world, person)
    tried = 0
    for noun in NOUNS:
        for field, target in references(noun).items():
            if target not in world.foreign:
                continue
            calls = [("post", f"/api/v1/{noun}/")]
            if noun in world.own:
                calls.append(("patch", f"/api/v1/{noun}/{world.own[noun].pk}/"))
            for method, url in calls:
                foreign = ask(browser, method, url, {field: world.foreign[target].pk})
                absent = ask(browser, method, url, {field: ABSENT})
                if foreign.status_code in (403, 405):
                    assert foreign.content == absent.content
                    continue
                tried += 1
                assert foreign.status_code == absent.status_code == 400, (noun, field, method)
                sentence = foreign.json()[field][0].replace(str(world.foreign[target].pk), "N")
                assert sentence == absent.json()[field][0].replace(str(ABSENT), "N")
                assert "does not exist" in sentence
    assert tried >= {"director": 25, "manager": 12, "designer": 6}[person]


@pytest.mark.parametrize("person", but_once(("manager", "designer"), "manager"))
def test_a_filter_by_a_foreign_id_finds_what_an_absent_one_finds(world: World, person: str):
    browser = browser_of(world, person)
    for noun, viewset in NOUNS.items():
        filters = getattr(viewset, "filterset_class", None)
        if noun not in world.own or filters is None or closed(person, noun):
            continue
        for name, row in (("client", world.foreign["clients"]), ("pod", world.foreign["pods"])):
            if name in filters.base_filters:
                foreign = ask(browser, "get", f"/api/v1/{noun}/?{name}={row.pk}").json()
                absent = ask(browser, "get", f"/api/v1/{noun}/?{name}={ABSENT}").json()
                assert foreign == absent
                assert foreign["count"] == 0


ROLES_WHO_MAY = {
    "post": {
        "clients": {"leader", "admin"},
        "fees": {"leader", "admin", "director", "accounting"},
        "exchange-rates": {"leader", "admin", "accounting"},
        "touchpoints": {"leader", "admin", "director", "manager", "manager_b", "designer"},
        "weekly-goals": {"leader", "admin", "director", "manager", "manager_b"},
        "staff": {"leader", "admin"},
        "pods": {"leader", "admin"},
        "terms": {"leader", "admin"},
        "survey-requests": {"leader", "admin", "director"},
        "nps-answers": {"leader", "admin", "director", "manager", "manager_b"},
        "traffic-lights": {"leader", "admin", "director", "manager", "manager_b", "designer"},
        "costs": {"leader", "admin", "director", "accounting"},
        "invoices": {"leader", "admin", "accounting"},
        "services": {"leader", "admin"},
    },
    "delete": {"clients": {"admin"}, "fees": {"leader", "admin", "accounting"}},
}


@pytest.mark.parametrize("person", but_once(PEOPLE, "manager"))
def test_the_table_of_abilities_holds_over_http(world: World, person: str):
    browser = browser_of(world, person)
    for noun, able in ROLES_WHO_MAY["post"].items():
        answer = ask(browser, "post", f"/api/v1/{noun}/", {"no_such_field": 1})
        assert answer.status_code == (400 if person in able else 403), noun


def closed(person: str, noun: str) -> bool:
    return noun in CLOSED.get(person, ())


def rows_are_there(rows: dict[str, Model]) -> bool:
    return all(type(row)._default_manager.filter(pk=row.pk).exists() for row in rows.values())
