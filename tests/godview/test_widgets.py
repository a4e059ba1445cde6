from django import forms

from godview.widgets import LongSelect


class ChoiceForm(forms.Form):
    client = forms.ChoiceField(
        choices=[("", "all"), ("a-b", "A & B <Ltd>"), (3, "Third")],
        required=False,
        widget=LongSelect(attrs={"class": "wide"}),
    )


def test_it_draws_what_djangos_own_select_draws():
    own = forms.Select(attrs={"class": "wide"}, choices=ChoiceForm().fields["client"].choices)
    for value in (None, "", "a-b", 3, "3", "unknown"):
        ours = ChoiceForm(initial={"client": value})["client"]
        theirs = own.render("client", value, {"id": "id_client"})
        assert forms_equal(str(ours), str(theirs))


def forms_equal(one: str, other: str) -> bool:
    from django.test.html import parse_html

    return parse_html(one) == parse_html(other)


def test_words_and_values_are_escaped():
    drawn = str(ChoiceForm()["client"])
    assert "A &amp; B &lt;Ltd&gt;" in drawn
    assert "<Ltd>" not in drawn
