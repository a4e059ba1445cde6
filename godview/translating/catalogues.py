"""The catalogues in locale/: kept in step with the source, compiled, and checked."""

from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings

from godview.translating.finding import found

WIDTH = 100


@dataclass(frozen=True)
class Standing:
    """How complete one language is."""

    language: str
    texts: int
    missing: list[str]
    wrong: list[str]


def languages() -> list[str]:
    """All but the language of the source."""
    return [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def place_of(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    path = place_of(language)
    if not path.exists():
        return Catalog(locale=language, project="God View", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language, charset="utf-8")


def write(catalog: Catalog, language: str) -> None:
    path = place_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalog.fuzzy = False
    catalog.header_comment = f"# God View in {language}."
    with path.open("wb") as file:
        write_po(
            file,
            catalog,
            WIDTH,
            no_location=False,
            include_lineno=False,
            ignore_obsolete=True,
            sort_output=True,
            omit_header=False,
        )
    path.with_suffix(".mo").write_bytes(compiled(read(language)))


def compiled(catalog: Catalog) -> bytes:
    file = BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def in_step(language: str, template: Catalog) -> Catalog:
    """The catalogue with all texts of the source, and no other."""
    catalog = read(language)
    catalog.update(deepcopy(template), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    return catalog


def update() -> list[Standing]:
    template = found()
    standings = []
    for language in languages():
        catalog = in_step(language, template)
        write(catalog, language)
        standings.append(standing(catalog, language))
    return standings


def standing(catalog: Catalog, language: str) -> Standing:
    messages = [message for message in catalog if message.id]
    return Standing(
        language,
        texts=len(messages),
        missing=[str(m.id) for m in messages if not _is_translated(m.string)],
        wrong=[
            f"{message.id}: {error}"
            for message, errors in catalog.check()
            if "%(" in str(message.id) and _is_translated(message.string)  # not "95 % of"
            for error in errors
        ],
    )


def _is_translated(string: str | tuple[str, ...] | list[str] | None) -> bool:
    return bool(string) if isinstance(string, str) else all(string or ("",))
