"""Answers that are JSON and yet not what a client was promised."""

import random
from collections.abc import Callable
from typing import Any

import orjson

Record = dict[str, Any]
ENUMS = ("resource_subtype", "approval_status", "action", "type", "status")
# JSON can spell half of a surrogate pair, which is no character: put in after the encoding.
HALF = "\ue000"


def fuzz(answer: bytes, what: str, dice: random.Random) -> bytes:
    """Do `what` to each record of the answer; without a name, one thing or another to each."""
    document = orjson.loads(answer)
    data = document.get("data") if isinstance(document, dict) else None
    for record in data if isinstance(data, list) else [data]:
        if isinstance(record, dict):
            WAYS[what or dice.choice(list(WAYS))](record, dice)
    return orjson.dumps(document).replace(HALF.encode(), b"\\ud83d")


def _unknown_enum(record: Record, dice: random.Random) -> None:
    for name in ENUMS:
        if isinstance(record.get(name), str):
            record[name] = "quantum_" + record[name]


def _new_field(record: Record, dice: random.Random) -> None:
    record["zodiac_sign"] = {"gid": str(dice.randrange(10**15)), "name": "Capricorn"}


def _absent(record: Record, dice: random.Random) -> None:
    optional = [name for name in record if name not in ("gid", "name", "resource_type")]
    if optional:
        del record[dice.choice(optional)]


def _null_assignee(record: Record, dice: random.Random) -> None:
    if "assignee" in record:
        record["assignee"] = None


def _number_as_string(record: Record, dice: random.Random) -> None:
    for name, value in record.items():
        if isinstance(value, int) and not isinstance(value, bool):
            record[name] = str(value)


def _half_surrogate(record: Record, dice: random.Random) -> None:
    if isinstance(record.get("name"), str):
        record["name"] += HALF


WAYS: dict[str, Callable[[Record, random.Random], None]] = {
    "unknown enum": _unknown_enum,
    "new field": _new_field,
    "absent": _absent,
    "null assignee": _null_assignee,
    "number as string": _number_as_string,
    "half surrogate": _half_surrogate,
}
