import re

import pytest
from babel.messages.catalog import Catalog

from godview.translating import catalogues
from godview.translating.finding import found


@pytest.fixture(scope="module")
def template() -> Catalog:
    return found()


@pytest.mark.parametrize("language", catalogues.languages())
def test_a_catalogue_has_the_texts_of_the_source_and_no_other(language, template):
    kept = {(m.id, m.context) for m in catalogues.read(language) if m.id}
    marked = {(m.id, m.context) for m in template if m.id}
    assert kept == marked, "manage.py messages brings the catalogues in step"


@pytest.mark.parametrize("language", catalogues.languages())
def test_what_is_compiled_is_the_catalogue(language):
    compiled = catalogues.place_of(language).with_suffix(".mo").read_bytes()
    assert compiled == catalogues.compiled(catalogues.read(language))


@pytest.mark.parametrize("language", catalogues.languages())
def test_every_translation_has_the_places_and_the_forms_of_its_source(language):
    standing = catalogues.standing(catalogues.read(language), language)
    assert not standing.wrong


@pytest.mark.parametrize("language", catalogues.languages())
def test_a_translation_has_no_place_in_braces_that_its_source_has_not(language):
    """It would break the page that shows it."""
    strange = [
        message.id
        for message in catalogues.read(language)
        if places(message.string) - places(message.id)
    ]
    assert strange == []


def places(texts: str | tuple[str, ...] | list[str]) -> set[str]:
    together = texts if isinstance(texts, str) else " ".join(texts)
    return set(re.findall(r"\{\w*\}", together))
