"""The OpenAPI schema says what the API really answers: every refusal, and no unknown fields."""

from typing import Any

REFUSALS = {
    "400": "What was sent cannot be used: sentences by field.",
    "401": "Not signed in, or the token is unknown, revoked or expired.",
    "403": "Your role or your token's scope does not allow this.",
    "404": "There is no such row, or it is not yours to see.",
    "409": "Other rows stand against it.",
    "413": "The body is too large.",
    "415": "The body is not JSON.",
    "429": "Too many requests: wait as long as Retry-After says.",
}
ONLY_WITH_BODY = {"409", "413", "415"}
DETAIL = {
    "type": "object",
    "properties": {"detail": {"type": "string"}},
    "required": ["detail"],
    "additionalProperties": False,
}
SENTENCES = {"description": "Sentences by the name of the field.", "type": "object"}


def say_every_refusal(result: Any, generator: Any, request: Any, public: bool) -> Any:
    components = result.setdefault("components", {})
    components.setdefault("schemas", {}).update({"Detail": DETAIL, "Sentences": SENTENCES})
    components["responses"] = {status: _response(status) for status in REFUSALS}
    for path in result.get("paths", {}).values():
        for method, operation in path.items():
            for status in REFUSALS:
                if method != "get" or status not in ONLY_WITH_BODY:
                    answer = {"$ref": f"#/components/responses/{status}"}
                    operation["responses"].setdefault(status, answer)
    return result


def allow_no_other_field(result: Any, generator: Any, request: Any, public: bool) -> Any:
    """What a row is written with is a closed list: the API refuses any other field."""
    for name, schema in result["components"]["schemas"].items():
        if name.endswith("Request") and schema.get("type") == "object":
            schema["additionalProperties"] = False
    return result


def _response(status: str) -> dict[str, Any]:
    body = "Sentences" if status == "400" else "Detail"
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{body}"}}}
    return {"description": REFUSALS[status], "content": content}
