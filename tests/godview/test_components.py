import re

from godview.templatetags import components


def test_a_mark_is_hidden_from_readers_because_a_word_stands_beside_it():
    assert 'aria-hidden="true"' in components.mark("bad")


def test_an_unknown_state_is_shown_as_not_judged():
    assert components.mark("purple") == components.mark("none")


def test_a_chip_escapes_what_people_typed():
    assert "<b>" not in components.chip("bad", "<b>Halden</b>")


def test_a_chip_of_information_has_no_status_mark():
    assert "<svg" not in components.chip("info", "Running")


def test_done_and_missed_use_check_and_cross():
    assert "#check" in components.verdict_chip(True, "Hit")
    assert "#cross" in components.verdict_chip(False, "Missed")


def test_every_icon_that_a_template_names_is_in_the_sprite(settings):
    sprite = (settings.BASE_DIR / "static/icons/sprite.svg").read_text()
    drawn = set(re.findall(r'symbol id="(\w+)"', sprite))
    named = {
        name
        for template in (settings.BASE_DIR / "templates").rglob("*.html")
        for name in re.findall(r'{% icon "(\w+)" %}', template.read_text())
    }
    named |= set(components.CHANNEL_ICONS.values())
    assert named - drawn == set()
