"""No page says a word that was not marked for translation."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.conf import settings
from django.test import Client as Visitor
from django.urls import Resolver404, resolve, reverse

from metrics.catalogue import CATALOGUE
from tests.browser.agency import make_agency
from tests.browser.test_every_page import DOORS, PAGES
from tests.godview.translating.pseudo import pseudo_spoken
from tests.godview.translating.saying import (
    Words,
    kept_pattern,
    typed_texts,
    unmarked,
    values_of_choices,
)

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SPEAKS_IT = {"accept-language": "ko"}
# The page of the parts is for those who build, and speaks their language; programs speak English.
OF_BUILDERS = ("/styleguide/", "/admin/", "/api/", "/static/", "/accounts/logout/")
# Says which values and columns a file may have: words of the file.
OF_FILES = "import"
A_KIND = 1  # pages of one kind that are read, beside those that are named
HREF = re.compile(r'(?:href|hx-get)="(/[^"#]*|\?[^"#]*)')


def kind_of(address: str) -> str:
    try:
        return resolve(address.partition("?")[0]).view_name
    except Resolver404:
        return ""


def walk(visitor: Visitor, addresses: list[str]) -> Iterator[tuple[str, str]]:
    """The pages, and some of every kind that links of theirs lead to."""
    queue, seen, read = deque(addresses), set(), Counter()
    while queue:
        address = queue.popleft()
        kind = kind_of(address)
        is_new = address not in seen and not address.startswith(OF_BUILDERS)
        if not is_new or (read[kind] >= A_KIND and address not in addresses):
            continue
        seen.add(address)
        read[kind] += 1
        response = visitor.get(address)
        if response.has_header("Location"):
            queue.append(response["Location"])
        if response.has_header("Location") or "html" not in response.get("Content-Type", ""):
            continue
        body = response.content.decode()
        yield address, body
        path = address.partition("?")[0]
        links = (unescape(link) for link in HREF.findall(body))
        queue.extend(path + link if link.startswith("?") else link for link in links)


def searched_for(addresses: list[str]) -> set[str]:
    asked = (parse_qsl(urlsplit(address).query) for address in addresses)
    return {value for pairs in asked for name, value in pairs if name == "q"}


def left_in(body: str, kept: re.Pattern[str]) -> list[str]:
    words = Words()
    words.feed(body)
    left = ((unmarked(text, kept), text) for text in words.said)
    return [f"{word}  <- {text[:80]}" for word, text in left if word]


@pytest.mark.django_db
@pytest.mark.once
def test_every_word_of_every_page_is_marked_for_translation():
    cast = make_agency()
    visitor = Visitor(headers=SPEAKS_IT)
    visitor.force_login(cast.admin, backend=BACKEND)
    visitor.post(reverse("begin_review"), {"scope": "pod:amber"})
    typed = {*typed_texts(), *searched_for(PAGES)}
    kept = kept_pattern(typed)
    kept_of_files = kept_pattern({*typed, *values_of_choices(), "name"})
    every_number = [reverse("why", args=[key]) for key in CATALOGUE]
    found, read = [], Counter()
    with pseudo_spoken():
        pages = [*walk(visitor, [*PAGES, *every_number]), *walk(Visitor(headers=SPEAKS_IT), DOORS)]
    for address, body in pages:
        kind = kind_of(address)
        read[kind] += 1
        left = left_in(body, kept_of_files if kind == OF_FILES else kept)
        found += [f"{address}: {one}" for one in left]
    assert not found, "\n" + "\n".join(found)
    assert [address for address, body in pages if ">---------<" in body] == []
    assert len(read) > 60


QUOTED = re.compile(r"""(["'`])((?:(?!\1)[^\\\n]|\\.)*)\1""")
SENTENCE = re.compile(r"^[A-Z][a-z’']+(?: |$)|^[a-z’']{2,} [a-z’']+ [a-z’']+")
# Words of the browser itself: names of keys, of errors and of the headers of a request.
OF_BROWSERS = {"Arrow", "Enter", "Escape", "Tab", "Accept", "AbortError"}


@pytest.mark.parametrize(
    "path", sorted((Path(settings.BASE_DIR) / "static" / "js").glob("*.js")), ids=lambda p: p.stem
)
def test_a_script_holds_no_words_of_its_own(path):
    """They come from the page, which has them in the language of its reader."""
    code = re.sub(r"^\s*//.*$", "", path.read_text(), flags=re.MULTILINE)
    texts = [text for _quote, text in QUOTED.findall(code)]
    assert [text for text in texts if SENTENCE.match(text) and text not in OF_BROWSERS] == []
