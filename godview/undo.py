"""Undo: what was just done is told with a button that takes it back.

Taking back is a deed of its own, at an address of its own; the history keeps both. The message
carries the address and what identifies the deed (a version), so that nobody undoes another's.
"""

import json
from dataclasses import dataclass, field

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

MARK = "undo:"


@dataclass(frozen=True)
class Undo:
    url: str
    fields: dict[str, str] = field(default_factory=dict)


def tell(request: HttpRequest, done: str, undo: Undo | None) -> None:
    """Say that something was done, and how it is taken back where it can be."""
    kept = MARK + json.dumps({"url": undo.url, "fields": undo.fields}) if undo else ""
    messages.success(request, done, extra_tags=kept)


def undo_of(message: Message) -> Undo | None:
    tags = message.extra_tags or ""
    return Undo(**json.loads(tags.removeprefix(MARK))) if tags.startswith(MARK) else None
