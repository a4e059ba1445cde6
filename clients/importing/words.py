"""Reading what people type: column names, cell texts and the many names of one choice."""

import re
import unicodedata
from typing import Any

from godview.http import FORMULA_STARTS

NOT_STORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
SPREADSHEET_ERRORS = frozenset(
    ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!")
)


def column_name(header: Any) -> str:
    """“ Time-Zone ” is the column time_zone."""
    text = unicodedata.normalize("NFKC", str(header if header is not None else ""))
    return re.sub(r"[\s\-_]+", "_", text.strip(" \t\r\n\ufeff\u200b").casefold()).strip("_")


def spoken(text: str) -> str:
    """“Time & Materials”, “time-and-materials” and “TIME AND MATERIALS” sound the same."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("&", " and ")
    return re.sub(r"[\s\-_/.]+", " ", text).strip()


def text_of(value: Any) -> str:
    """A cell as text: 12.0 from a spreadsheet is 12, and the mark before a formula goes."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(getattr(value, "text", value)).strip()
    if len(text) > 1 and text[0] == "'" and text[1:].startswith(FORMULA_STARTS):
        return text[1:]
    return text


def short(value: Any, limit: int = 80) -> str:
    text = NOT_STORABLE.sub("�", text_of(value))
    return text if len(text) <= limit else text[: limit - 1] + "…"
