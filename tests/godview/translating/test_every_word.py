"""No page says a word that was not marked for translation."""

import pytest
from django.test import Client as Visitor

from tests.browser.agency import make_agency
from tests.browser.test_every_page import PAGES
from tests.godview.translating.pseudo import pseudo_spoken
from tests.godview.translating.saying import (
    Words,
    kept_pattern,
    typed_texts,
    unmarked,
    values_of_choices,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# The page of the parts is for those who build, and speaks their language.
OF_BUILDERS = {"/styleguide/"}
# Says which values and columns a file may have: words of the file.
OF_FILES = {"/import/"}


def test_every_word_of_every_page_is_marked_for_translation():
    cast = make_agency()
    visitor = Visitor(headers={"accept-language": "ko"})
    visitor.force_login(cast.admin, backend=BACKEND)
    kept = kept_pattern(typed_texts())
    kept_of_files = kept_pattern({*typed_texts(), *values_of_choices(), "name"})
    found = []
    with pseudo_spoken():
        for page in PAGES:
            if page in OF_BUILDERS:
                continue
            words = Words()
            words.feed(visitor.get(page).content.decode())
            left = {
                text: unmarked(text, kept_of_files if page in OF_FILES else kept)
                for text in words.said
            }
            found += [f"{page}: {word}  <- {text[:60]}" for text, word in left.items() if word]
    assert not found, "\n" + "\n".join(found)
