"""Controls of forms that are ours."""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe


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
