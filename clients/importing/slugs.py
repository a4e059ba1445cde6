from collections.abc import Iterable

from django.db.models import Model
from django.utils.text import slugify


class Slugs:
    """Addresses for new rows: from the name, otherwise from the next best text, never twice."""

    def __init__(self, model: type[Model]) -> None:
        self.model = model
        self.longest: int = model._meta.get_field("slug").max_length or 50  # type: ignore[union-attr]
        self._taken: set[str] | None = None

    def new(self, *texts: str) -> str:
        if self._taken is None:
            self._taken = set(self.model._default_manager.values_list("slug", flat=True))
        slug = next(slug for slug in self._candidates(texts) if slug not in self._taken)
        self._taken.add(slug)
        return slug

    def _candidates(self, texts: Iterable[str]) -> Iterable[str]:
        stems = [slugify(text)[: self.longest - 8].strip("-") for text in texts]
        stems = [stem for stem in stems if stem] or [str(self.model._meta.model_name)]
        yield from stems
        number = 2
        while True:
            yield f"{stems[0]}-{number}"
            number += 1
