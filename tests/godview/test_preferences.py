"""The page of one's own settings, the switch of single keys, and the glossary."""

import pytest

from godview.glossary import TERMS
from tests.factories.cast import make_cast
from tests.metrics.views.browsing import browser_of, links, opened, words

pytestmark = pytest.mark.django_db


def test_everybody_has_settings_and_only_leaders_those_of_the_agency():
    cast = make_cast()
    own, agency = "/accounts/password/change/", "/settings/limits/"
    assert {own, agency, "/settings/asana/"} <= set(links(opened(cast.leader, "/settings/")))
    mine = links(opened(cast.manager, "/settings/"))
    assert own in mine
    assert agency not in mine


def test_single_keys_are_switched_off_for_the_person_and_stay_off():
    cast = make_cast()
    browser = browser_of(cast.manager)
    assert "data-single-keys" in browser.get("/settings/").content.decode()
    told = {"single_keys": "off", "next": "/settings/"}
    assert browser.post("/settings/keys/", told).headers["Location"] == "/settings/"
    assert "data-single-keys" not in browser.get("/settings/").content.decode()
    told["single_keys"] = "nonsense"
    browser.post("/settings/keys/", told)
    cast.manager.refresh_from_db()
    assert cast.manager.single_keys is False


def test_each_term_of_the_glossary_is_explained_once():
    page = words(opened(make_cast().manager, "/settings/glossary/"))
    for term in TERMS.values():
        assert page.count(str(term.meaning)) == 1, term.word
