"""Judges every exchange by Asana's own OpenAPI description: our requests, and the double's answers.

Its schemas require nothing and let unknown fields pass; here an unknown field is an error too, so
that neither the double nor the sync can invent one.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import orjson
import yaml

from tests.asana_double.server import Exchange

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
        problems = [
            *_query_problems(template, operation, exchange.query),
            *_body_problems(template, exchange),
            *_answer_problems(template, exchange),
        ]
        self.violations += [f"{where} -> {exchange.status}: {problem}" for problem in problems]


def _query_problems(template: str, operation: Schema, query: dict[str, str]) -> list[str]:
    declared = {}
    for parameter in [
        *_document()["paths"][template].get("parameters", []),
        *operation.get("parameters", []),
    ]:
        resolved = _resolved(parameter)
        if resolved["in"] == "query":
            declared[resolved["name"]] = resolved["schema"]
    problems = [f"the query has no {name}" for name in query if name not in declared]
    for name in query.keys() & declared.keys():
        problems += _value_problems(name, query[name], declared[name])
    return problems


def _value_problems(name: str, text: str, schema: Schema) -> list[str]:
    if schema["type"] == "array":
        allowed = schema["items"].get("enum")
        return [f"{name} has no {part}" for part in text.split(",") if part not in allowed]
    value: Any = text
    if schema["type"] == "integer":
        value = int(text) if text.lstrip("-").isdigit() else text
    elif schema["type"] == "boolean":
        value = {"true": True, "false": False}.get(text, text)
    validator = jsonschema_rs.Draft202012Validator(_converted(schema), validate_formats=True)
    return [f"{name}={text}: {error.message}" for error in validator.iter_errors(value)]


def _body_problems(template: str, exchange: Exchange) -> list[str]:
    """A request that was refused may have been wrong on purpose."""
    if exchange.body is None or exchange.status >= 400:
        return []
    return _problems(template, exchange.method, None, exchange.body)


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
    whole = {**_converted(schema), "components": {"schemas": _schemas()}}
    return jsonschema_rs.Draft202012Validator(whole, validate_formats=True)


def _with_every_field(schema: Schema) -> Schema:
    """A list shows compact records, but with `opt_fields` any field of the whole record."""
    text = orjson.dumps(schema).decode()
    text = re.sub(r'"items":\{"\$ref":"([^"]+)Compact"\}', r'"items":{"$ref":"\1Response"}', text)
    answer: Schema = orjson.loads(text)
    return answer


def _converted(schema: Any, inside_all_of: bool = False) -> Any:
    """OpenAPI 3.0's `nullable` as JSON Schema has it, and no field that is not described."""
    if isinstance(schema, list):
        return [_converted(item, inside_all_of) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("enum") == [None]:
        return {"type": "null"}
    answer: Schema = {}
    for key, value in schema.items():
        if key == "properties":
            answer[key] = {name: _converted(part) for name, part in value.items()}
        elif key not in ("nullable", "readOnly", "example"):
            answer[key] = _converted(value, inside_all_of=key == "allOf")
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
def _schemas() -> Schema:
    schemas = _document()["components"]["schemas"]
    # A named schema may be a part of another one: closed is the place that uses it.
    return {name: _converted(schema, inside_all_of=True) for name, schema in schemas.items()}


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


def _operation(method: str, path: str) -> tuple[str, Schema | None]:
    for pattern, template in _patterns():
        if pattern.match(path):
            return template, _document()["paths"][template].get(method.lower())
    return path, None
