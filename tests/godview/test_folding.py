import pytest

from godview.folding import by_letters, folded, likeness


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("hal", "Halden Dental"),
        ("DENTAL", "Halden Dental"),
        ("den hal", "Halden Dental"),
        ("zolc", "Żółć i Syn"),
        ("strasse", "Straße 7"),
        ("cafe", "Le Café"),
        ("яро", "Ярославль Строй"),
        ("СТРОЙ", "Ярославль Строй"),
        ("елка", "Ёлка"),
        ("한", "한빛 치과"),
        ("치과", "한빛 치과"),
        ("하", "한빛 치과"),  # half a syllable, while it is still being typed
        ("istanbul", "İstanbul Diş"),
    ],
)
def test_a_name_is_found_without_case_and_accents_in_any_script(typed, name):
    assert likeness(typed, name) is not None


def test_the_beginning_is_better_than_a_word_and_a_word_better_than_a_middle():
    names = ["Grand Halden", "Halden Dental", "Marshalden"]
    assert sorted(names, key=lambda name: likeness("halden", name) or 0) == [
        "Halden Dental",
        "Grand Halden",
        "Marshalden",
    ]


def test_what_says_nothing_finds_nothing():
    assert likeness("", "Halden") is None
    assert likeness("%_", "Halden") is None
    assert likeness("xyz", "Halden") is None


def test_a_letter_without_an_accent_of_its_own_is_plain_too():
    assert folded("Łódź Ørsted Þór") == "lodz orsted thor"


def test_names_stand_by_their_letters_and_not_after_z():
    names = ["Zeta", "Łuna", "alfa", "Óptica", "Lund", "Oslo"]
    assert sorted(names, key=by_letters) == ["alfa", "Łuna", "Lund", "Óptica", "Oslo", "Zeta"]
