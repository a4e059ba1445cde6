"""Controls of forms that are ours."""

from typing import Any

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.utils import flatatt
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _


class LongSelect(forms.Select):
    """A select without a template for each of its options, which is ten times faster.

    For flat lists: there are no groups in it.
    """

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        chosen = set(self.format_value(value))
        options = "".join(
            f'<option value="{escape(option)}"{" selected" if str(option) in chosen else ""}>'
            f"{escape(word)}</option>"
            for option, word in self.choices
        )
        given = flatatt(self.build_attrs(self.attrs, attrs))
        drawn = mark_safe(options)  # noqa: S308 - escaped above
        return format_html('<select name="{}"{}>{}</select>', name, given, drawn)


class SpokenSelects:
    """A form whose empty choices are words instead of Django's row of dashes."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        [(nothing, dashes)] = BLANK_CHOICE_DASH
        for field in self.fields.values():
            word = _("Choose…") if field.required else _("none")
            if isinstance(field, forms.ModelChoiceField):
                field.empty_label = word if field.empty_label == dashes else field.empty_label
            elif isinstance(field, forms.ChoiceField):
                choices: Any = field.choices
                field.choices = [
                    (value, word if (value, said) == (nothing, dashes) else said)
                    for value, said in choices
                ]
