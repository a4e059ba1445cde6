"""What a page says, and which words of it were not marked for translation."""

import json
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

from clients.models import Staff
from godview.templatetags.display import initials

ROOMS = ("clients", "tasks", "training", "metrics")
SILENT = {"script", "style", "code", "kbd", "template", "textarea"}
SAID = {"title", "aria-label", "placeholder", "alt", "aria-valuetext", "data-label"}
# Attributes whose words a script writes onto the page.
HANDED_TO_SCRIPTS = {"data-says", "data-failed", "data-png-title", "data-png-note", "data-copied"}
HANDED_TO_SCRIPTS |= {"data-by-hand", "data-within", "data-old", "data-revoked", "data-key-says"}
# Names and words that are the same in every language.
KEPT = {"God View", "Asana", "CSV", "PNG", "PDF", "API", "NPS", "CSI", "MRR", "ID", "Ctrl", "Esc"}
KEPT |= {"general rules"}  # a chapter of a document that is English


class Words(HTMLParser):
    """What a page says to the eye, to a reader of screens and through its scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.silent = 0
        self.is_json = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT
        self.is_json = ("type", "application/json") in attrs
        told = SAID | HANDED_TO_SCRIPTS
        self.said += [
            v for name, v in attrs if v and (name in told or _is_for_scripts(name, attrs))
        ]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT
        self.is_json = False

    def handle_data(self, data: str) -> None:
        if self.is_json:
            self.said += texts_of(json.loads(data))
        elif not self.silent and data.strip():
            self.said.append(" ".join(data.split()))


def _is_for_scripts(name: str, attrs: list[tuple[str, str | None]]) -> bool:
    return name.startswith("data-") and ("data-words", None) in attrs


# What a chart writes: the rest of its figure are colours, dates and addresses.
DRAWN = {"text", "name", "title", "hovertemplate", "hovertext", "ticktext", "labels", "words"}


def texts_of(figure: Any, key: str = "") -> list[str]:
    if isinstance(figure, str):
        return [figure] if key in DRAWN else []
    if isinstance(figure, list):
        return [text for part in figure for text in texts_of(part, key)]
    if isinstance(figure, dict):
        return [text for name, part in figure.items() for text in texts_of(part, _drawn(key, name))]
    return []


def _drawn(above: str, name: str) -> str:
    return "words" if above == "words" else name


def values_of_choices() -> set[str]:
    """As they stand in files: a page names them for whoever writes such a file."""
    models_of_ours = (m for m in apps.get_models() if m._meta.app_label in ROOMS)
    fields = (field for model in models_of_ours for field in model._meta.concrete_fields)
    return {str(value) for field in fields for value, _label in field.flatchoices}


def typed_texts() -> set[str]:
    """Every text that somebody typed: names are not translated."""
    found = {settings.AGENCY_NAME, *(name for _, name in settings.LANGUAGES)}
    for name in Staff.objects.values_list("name", flat=True):
        found |= {initials(name), *name.split()}
    for model in apps.get_models():
        if model._meta.app_label in ROOMS:
            found |= set(_texts_in(model))
    return found


def _texts_in(model: type[models.Model]) -> Iterator[str]:
    fields = [
        field.attname
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices
    ]
    for row in model._default_manager.values_list(*fields) if fields else ():
        yield from (value for value in row if value and isinstance(value, str))


def kept_pattern(typed: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted({*typed, *KEPT}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


# What scripts and Plotly put in the places of: {minutes}, %{y:.1%}, <extra></extra>.
PLACES = re.compile(r"%?\{[^}]*\}|<[^>]*>")
# What computers read: files, addresses, columns, names of zones.
FOR_COMPUTERS = re.compile(
    r"\S+@\S+|https?:\S+|\b\w+_\w+\b|\b[\w/]+\.(?:md|py|csv|xlsx?|html)\b|\b\w+/\w+\b"
)


def unmarked(said: str, kept: re.Pattern[str]) -> str:
    said = FOR_COMPUTERS.sub(" ", PLACES.sub(" ", said))
    return " ".join(re.findall(r"[A-Za-z][A-Za-z’'-]+", kept.sub(" ", said)))
