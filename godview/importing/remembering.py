"""Which rows an import made or changed, read from the history that it wrote."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Model

from clients.importing.load import reason_for
from clients.models import ImportedRow, Upload

BATCH = 500


def remember(upload: Upload, *, user: Any, now: datetime) -> None:
    """An import's own lines of the history have its moment, its reason and its person."""
    mine = {
        "history_date": now,
        "history_change_reason": reason_for(upload.file_name),
        "history_user": user,
    }
    for model in models_with_history():
        ImportedRow.objects.bulk_create(_touched(upload, model, mine), batch_size=BATCH)


def models_with_history() -> Iterator[Any]:
    return (model for model in apps.get_models() if hasattr(model, "history"))


def _touched(upload: Upload, model: type[Model], mine: dict[str, Any]) -> list[ImportedRow]:
    history = history_of(model)
    lines: dict[int, list[tuple[int, str]]] = {}
    written = history.objects.filter(**mine).order_by("history_id")
    for pk, number, deed in written.values_list("id", "history_id", "history_type"):
        lines.setdefault(pk, []).append((number, deed))
    known_before = [pk for pk, deeds in lines.items() if deeds[0][1] != "+"]
    before = _last_lines(history, known_before, mine)
    return [
        ImportedRow(
            upload=upload,
            model=model._meta.label,
            row_id=pk,
            was_made=deeds[0][1] == "+",
            before=before.get(pk),
            after=deeds[-1][0],
        )
        for pk, deeds in lines.items()
    ]


def _last_lines(history: Any, pks: list[int], mine: dict[str, Any]) -> dict[int, int]:
    found: dict[int, int] = {}
    for start in range(0, len(pks), BATCH):
        lines = history.objects.filter(id__in=pks[start : start + BATCH]).exclude(**mine)
        ordered = lines.order_by("history_date", "history_id")
        found.update(ordered.values_list("id", "history_id"))
    return found


def history_of(model: Any) -> Any:
    return model.history.model
