"""Judges every exchange by Asana's own OpenAPI description: our requests, and the double's answers.

Its schemas require nothing and let unknown fields pass; here an unknown field is an error too, so
that neither the double nor the sync can invent one.
"""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import orjson
import yaml

from tests.asana_double.exchange import Exchange

FILE = Path(__file__).with_name("openapi.yaml")
Schema = dict[str, Any]


class Contract:
    """Collects what breaks the description; a test asks in the end that nothing did."""

    def __init__(self) -> None:
        self.violations: list[str] = []

    def judge(self, exchange: Exchange) -> None:
        where = f"{exchange.method} {exchange.path}"
        template, operation = _operation(exchange.method, exchange.path)
        if operation is None:
            if exchange.status != 404:
                self.violations.append(f"{where}: not in the description")
            return
        problems = _answer_problems(template, exchange)
        if exchange.status != 400:  # what was refused may have been wrong on purpose
            body = exchange.body if exchange.status < 400 else None
            problems += request_problems(exchange.method, exchange.path, exchange.query, body)
        self.violations += [f"{where} -> {exchange.status}: {problem}" for problem in problems]


def delivery_problems(body: bytes) -> list[str]:
    """What is wrong with a delivery to a webhook: its events are those of `GET /events`."""
    document = orjson.loads(body)
    if set(document) != {"events"}:
        return [f"holds {sorted(document)}"]
    plain = {"data": document["events"]}
    return _problems("/events", "GET", 200, plain)


def request_problems(method: str, path: str, query: dict[str, str], body: Any) -> list[str]:
    """What is wrong with a request; a path that nobody described is for others to refuse."""
    template, operation = _operation(method, path)
    if operation is None:
        return []
    problems = [f"{name}: Missing input" for name in _needed(template, method.lower()) - {*query}]
    for name, text in query.items():
        problems += _query_problems(template, method.lower(), name, text)
    if "requestBody" not in operation:
        # The official client sends an empty object with every DELETE.
        return [*problems, "no body is expected"] if body else problems
    if body is not None:
        problems += _problems(template, method, None, body)
    return problems


@lru_cache(maxsize=1024)
def _query_problems(template: str, method: str, name: str, text: str) -> list[str]:
    declared = _declared(template, method)
    if name not in declared:
        return [f"the query has no {name}"]
    return _value_problems(template, method, name, text, declared[name])


@cache
def _declared(template: str, method: str) -> dict[str, Schema]:
    return {one["name"]: one["schema"] for one in _parameters(template, method)}


@cache
def _needed(template: str, method: str) -> frozenset[str]:
    return frozenset(one["name"] for one in _parameters(template, method) if one.get("required"))


def _parameters(template: str, method: str) -> list[Schema]:
    paths = _document()["paths"][template]
    parameters = [*paths.get("parameters", []), *paths[method].get("parameters", [])]
    return [one for one in map(_resolved, parameters) if one["in"] == "query"]


def _value_problems(template: str, method: str, name: str, text: str, schema: Schema) -> list[str]:
    if schema["type"] == "array":
        allowed = schema["items"].get("enum")
        if name == "opt_fields":
            allowed = [*allowed, "gid"]  # always there, so asking for it is no mistake
        return [f"{name} has no {part}" for part in text.split(",") if part not in allowed]
    value: Any = text
    if schema["type"] == "integer":
        value = int(text) if text.lstrip("-").isdigit() else text
    elif schema["type"] == "boolean":
        value = {"true": True, "false": False}.get(text, text)
    validator = _value_validator(template, method, name)
    return [f"{name}={text}: {error.message}" for error in validator.iter_errors(value)]


@cache
def _value_validator(template: str, method: str, name: str) -> Any:
    schema = _converted(_declared(template, method)[name])
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True)


def _answer_problems(template: str, exchange: Exchange) -> list[str]:
    try:
        document = orjson.loads(exchange.answer)
    except orjson.JSONDecodeError as error:
        return [f"not JSON: {error}"]
    return _problems(template, exchange.method, exchange.status, document)


def _problems(template: str, method: str, status: int | None, document: Any) -> list[str]:
    validator = _validator(template, method.lower(), status)
    if validator is None:
        return [f"status {status} is not described"]
    errors = list(validator.iter_errors(document))[:3]
    return [f"{'/'.join(map(str, error.instance_path))}: {error.message[:200]}" for error in errors]


@cache
def _validator(template: str, method: str, status: int | None) -> Any | None:
    operation = _document()["paths"][template][method]
    if status is None:
        holder = operation["requestBody"]
    elif str(status) in operation["responses"]:
        holder = _resolved(operation["responses"][str(status)])
    else:
        return None
    schema = holder["content"]["application/json"]["schema"]
    if status == 200:
        schema = _with_every_field(schema)
    asking = status is None
    whole = {
        **_converted(schema, asking=asking),
        "components": {"schemas": _schemas(asking)},
    }
    return jsonschema_rs.Draft202012Validator(whole, validate_formats=True)


def _with_every_field(schema: Schema) -> Schema:
    """A list shows compact records, but with `opt_fields` any field of the whole record."""
    text = orjson.dumps(schema).decode()
    text = re.sub(r'"items":\{"\$ref":"([^"]+)Compact"\}', r'"items":{"$ref":"\1Response"}', text)
    answer: Schema = orjson.loads(text)
    return answer


def _converted(schema: Any, inside_all_of: bool = False, asking: bool = False) -> Any:
    """OpenAPI 3.0's `nullable` as JSON Schema has it, and no field that is not described.

    In a request (`asking`) nobody may set what is read-only.
    """
    if isinstance(schema, list):
        return [_converted(item, inside_all_of, asking) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("enum") == [None]:
        return {"type": "null"}
    answer: Schema = {}
    for key, value in schema.items():
        if key == "properties":
            answer[key] = {
                name: _converted(part, asking=asking)
                for name, part in value.items()
                if not (asking and part.get("readOnly"))
            }
        elif key not in ("nullable", "readOnly", "example"):
            answer[key] = _converted(value, key == "allOf", asking)
    if schema.get("nullable"):
        _let_be_null(answer)
    names_fields = "$ref" in answer or "properties" in answer
    if names_fields and not inside_all_of:
        answer["unevaluatedProperties"] = False
    return answer


def _let_be_null(schema: Schema) -> None:
    if "type" in schema:
        schema["type"] = [schema["type"], "null"]
    if "enum" in schema and None not in schema["enum"]:
        schema["enum"] = [*schema["enum"], None]
    if "anyOf" in schema:
        schema["anyOf"] = [*schema["anyOf"], {"type": "null"}]


@cache
def _document() -> Schema:
    document: Schema = yaml.load(FILE.read_text(), Loader=yaml.CSafeLoader)
    return document


@cache
def _schemas(asking: bool) -> Schema:
    schemas = _document()["components"]["schemas"]
    # A named schema may be a part of another one: closed is the place that uses it.
    return {name: _converted(schema, True, asking) for name, schema in schemas.items()}


def _resolved(thing: Schema) -> Schema:
    if "$ref" not in thing:
        return thing
    _, _, kind, name = thing["$ref"].split("/")
    found: Schema = _document()["components"][kind][name]
    return found


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    return [
        (re.compile("^" + re.sub(r"\{\w+\}", "[^/]+", path) + "$"), path)
        for path in _document()["paths"]
    ]


@lru_cache(maxsize=8192)
def _operation(method: str, path: str) -> tuple[str, Schema | None]:
    for pattern, template in _patterns():
        if pattern.match(path):
            return template, _document()["paths"][template].get(method.lower())
    return path, None
