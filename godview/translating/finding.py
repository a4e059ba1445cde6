"""Every text in the source that is marked for translation."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from django.conf import settings
from django.utils.translation.template import templatize

ROOMS = ("godview", "clients", "tasks", "training", "metrics")
# Which arguments are texts, and which is the context: as Babel wants them.
KEYWORDS: dict[str, tuple[Any, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "counted": None,
    "noun": None,
    "known": None,
    "tr": None,
    "later": None,
    "later_of": ((1, "c"), 2),
    "later_with": (1,),
    "later_counted": (1, 2),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
COUNTED_IN_TEMPLATES = re.compile(r'\|plural:"([^"]+)"')
# What templatize writes for the tags of templates.
OF_TEMPLATES: dict[str, tuple[Any, ...] | None] = {
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
OF_TEMPLATES |= {"_": None, "npgettext": ((1, "c"), 2, 3)}


def found() -> Catalog:
    """A catalogue without translations: each text with the files in which it stands."""
    catalog = Catalog(project="God View", charset="utf-8")
    for path in sources():
        place = path.relative_to(settings.BASE_DIR).as_posix()
        for text, context in texts_in(path):
            catalog.add(text, context=context, locations=[(place, 0)])
    return catalog


def sources() -> Iterator[Path]:
    for room in ROOMS:
        paths = sorted((settings.BASE_DIR / room).rglob("*.py"))
        yield from (path for path in paths if "migrations" not in path.parts)
    yield from sorted(
        path
        for path in (settings.BASE_DIR / "templates").rglob("*")
        if path.suffix != ".svg" and path.is_file()
    )


def texts_in(path: Path) -> Iterator[tuple[str | tuple[str, str], str | None]]:
    """Each text, or its two forms, and its context."""
    source, keywords = path.read_text(), KEYWORDS
    if path.suffix != ".py":
        for nouns in COUNTED_IN_TEMPLATES.findall(source):
            yield _counted(*nouns.split(",")), None
        # Each tag on a line of its own, or the indentation would look like wrong Python.
        lines = templatize(source, origin=str(path)).splitlines()
        source, keywords = "\n".join(line.strip() for line in lines), OF_TEMPLATES
    for _line, function, told, _comments in extract_python(
        BytesIO(source.encode()), keywords, (), {"encoding": "utf-8"}
    ):
        if told and function in ("counted", "noun"):
            nouns = [noun for noun in told if noun] if isinstance(told, tuple) else [told]
            if nouns:
                yield _counted(*nouns[:2]), None
        elif told:
            parts: list[str | None] = [told] if isinstance(told, str) else list(told)
            yield from _as_message(keywords[str(function)], parts)


def _counted(one: str, many: str = "") -> tuple[str, str]:
    """What `counted(n, "client")` and `{{ n|plural:"client,clients" }}` ask for."""
    return f"%(count)s {one}", f"%(count)s {many or one + 's'}"


def _as_message(
    places: tuple[Any, ...] | None, parts: list[str | None]
) -> Iterator[tuple[str | tuple[str, str], str | None]]:
    if not places:
        if parts[0]:
            yield parts[0], None
        return
    context: str | None = None
    texts: list[str] = []
    for place in places:
        number = place[0] if isinstance(place, tuple) else place
        part = parts[number - 1] if len(parts) >= number else None
        if part is None:
            return
        if isinstance(place, tuple):
            context = part
        else:
            texts.append(part)
    yield (texts[0] if len(texts) == 1 else (texts[0], texts[1])), context
