"""Style and scripts are kept in small files; a browser gets those of a page as one.

They are joined when static files are collected. Where they are served as they lie in static/
(bin/up, tests, development), each file is linked by itself, in the same order.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

# What stands on every page comes first and is kept by the browser; a page adds one of its own.
BUNDLES: dict[str, tuple[str, ...]] = {
    "css/core": ("css/tokens.css", "css/shell.css", "css/components.css"),
    "css/attention": ("css/lists.css", "css/attention.css"),
    "css/client": ("css/client.css", "css/deadlines.css"),
    "css/figures": ("css/lists.css", "css/learn.css"),
    "css/importing": ("css/asana.css", "css/importing.css"),
    "css/ledger": ("css/lists.css", "css/deadlines.css"),
    "css/meeting": ("css/attention.css", "css/meeting.css"),
    "css/mirror": ("css/lists.css", "css/asana.css"),
    "css/review": ("css/client.css", "css/meeting.css"),
    "css/styleguide": ("css/today.css", "css/experiments.css", "css/styleguide.css"),
    "css/team": ("css/lists.css", "css/teams.css", "css/deadlines.css"),
    "css/tests": ("css/lists.css", "css/experiments.css"),
    "css/wall": ("css/tokens.css", "css/wall.css"),
    "css/weeks": ("css/lists.css", "css/weeks.css"),
    "css/why": ("css/lists.css", "css/why.css"),
    "js/core": ("vendor/htmx/htmx.min.js", "js/app.js", "js/keys.js"),
    "js/door": ("vendor/htmx/htmx.min.js", "js/app.js"),
    "js/client": ("js/charts.js", "js/fold.js"),
    "js/meeting": ("js/attention.js", "js/meeting-clock.js"),
    "js/review": ("js/meeting-clock.js", "js/meeting.js"),
    "js/week": (
        "js/week-drafts.js",
        "js/week-saving.js",
        "js/week-fields.js",
        "js/week-menus.js",
        "js/week-lights.js",
        "js/week-keys.js",
    ),
}
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def joined_name(bundle: str) -> str:
    """Beside css/ and js/, so that `../fonts/` in a file still leads to the fonts."""
    kind, _, name = bundle.partition("/")
    return f"joined/{name}.{kind}"


def joined(bundle: str, texts: list[str]) -> str:
    """The files one after the other, without what only people read."""
    if bundle.startswith("css/"):
        return "\n".join(_lines(CSS_COMMENT.sub("", "\n".join(texts))))
    # The first line of each of our scripts; it must come before all code to mean anything.
    return "\n".join(['"use strict";', *(_script(text) for text in texts)])


def _script(text: str) -> str:
    return "\n".join(line for line in _lines(text) if not line.startswith("//")) + "\n;"


def _lines(text: str) -> Iterator[str]:
    return filter(None, map(str.strip, text.splitlines()))


class JoinedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Joins the files of each bundle, names everything by its content, and compresses it."""

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        if not options.get("dry_run"):
            for bundle, files in BUNDLES.items():
                name = joined_name(bundle)
                self.delete(name)
                self._save(name, ContentFile(joined(bundle, [_read(paths[f]) for f in files])))
                paths[name] = (self, name)
        yield from super().post_process(paths, *args, **options)


def _read(place: Any) -> str:
    storage, path = place
    with storage.open(path) as file:
        text: str = file.read().decode()
        return text
