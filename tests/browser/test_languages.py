"""The fullest pages in every language, and in one that is longer than all of them."""

from contextlib import nullcontext

import pytest

from metrics.memory import forget_all
from tests.browser.conftest import DESK, PHONE
from tests.godview.translating.pseudo import SPOKEN_AS, pseudo_spoken

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FULLEST = ("/", "/clients/acme/", "/week/", "/why/weekly_goal_hit_rate/?period=year", "/money/")
# What is cut by its box, and no three dots say so.
CUT = """() => [...document.querySelectorAll('body *')].filter((element) => {
  const style = getComputedStyle(element);
  const hasText = [...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
  return hasText && element.checkVisibility() && !element.closest('.sr')
    && ['hidden', 'clip'].includes(style.overflowX) && style.textOverflow !== 'ellipsis'
    && element.offsetWidth > 1 && element.scrollWidth > element.clientWidth + 1;
}).map((element) => element.textContent.trim().slice(0, 60))"""


@pytest.mark.parametrize("language", ["es", "ru", "pl", "ko", "longer"])
def test_no_page_scrolls_sideways_or_cuts_a_text_off(visit, language):
    is_made_up = language == "longer"
    code = SPOKEN_AS if is_made_up else language
    wrong = []
    forget_all()  # what was told before in the language whose place the made-up one takes
    with pseudo_spoken() if is_made_up else nullcontext():
        seen = visit()
        seen.page.context.add_cookies([{"name": "language", "value": code, "url": seen.host}])
        for page in FULLEST:
            seen.open(page)
            assert seen.page.get_attribute("html", "lang") == code
            assert ("····" in seen.page.inner_text("main")) == is_made_up
            for size in (DESK, PHONE):
                seen.resize(size)
                if seen.leaks_sideways() and seen.leaks_sideways(after_ms=500):  # charts redraw
                    wrong.append((page, size, "scrolls sideways"))
                cut = [*seen.cut_texts(), *seen.page.evaluate(CUT)]
                wrong += [(page, size, text) for text in cut]
            seen.resize(DESK)
    forget_all()
    assert wrong == []
    assert seen.troubles == []
