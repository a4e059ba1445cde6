from godview.translating.finding import texts_in


def test_texts_are_found_in_templates_with_their_plurals_and_contexts(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        '{% if a %}\n    <p title="{% translate "Why" %}">\n'
        "  {% blocktranslate trimmed count n=page.n %}\n    {{ n }} client is waiting.\n"
        "  {% plural %}\n    {{ n }} clients are waiting.\n  {% endblocktranslate %}\n"
        '{% translate "May" context "month" %}{% endif %}\n'
    )
    assert list(texts_in(page)) == [
        ("Why", None),
        (("%(n)s client is waiting.", "%(n)s clients are waiting."), None),
        ("May", "month"),
    ]


def test_texts_are_found_in_python(tmp_path):
    module = tmp_path / "module.py"
    module.write_text(
        "def said(n):\n"
        '    return _("Nothing"), ngettext("%(n)s day", "%(n)s days", n), pgettext("month", "May"),'
        ' _(n), npgettext("road", "%(n)s way", "%(n)s ways", n)\n'
    )
    assert list(texts_in(module)) == [
        ("Nothing", None),
        (("%(n)s day", "%(n)s days"), None),
        ("May", "month"),
        (("%(n)s way", "%(n)s ways"), "road"),
    ]


def test_what_is_counted_is_found_with_its_number(tmp_path):
    module, page = tmp_path / "module.py", tmp_path / "page.html"
    module.write_text('told = counted(n, "client"), counted(n, "reply", "replies")\n')
    page.write_text('{{ n|plural:"was asked,were asked" }}')
    assert [text for text, _ in texts_in(module)] == [
        ("%(count)s client", "%(count)s clients"),
        ("%(count)s reply", "%(count)s replies"),
    ]
    assert list(texts_in(page)) == [(("%(count)s was asked", "%(count)s were asked"), None)]
