"""OpenAPI 3.1 of all methods, derived from their declarations."""

from typing import Any

from potok import __version__
from potok.kit.dialects import Method, methods

PATH = "/rest/{person}/{secret}/"
ERROR = {
    "type": "object",
    "required": ["error", "error_description"],
    "properties": {"error": {"type": ["string", "integer"]}, "error_description": {"type": "string"}},
}
SUCCESS = {
    "type": "object",
    "required": ["result", "time"],
    "properties": {"result": {}, "total": {"type": "integer"}, "next": {"type": "integer"}, "time": {"type": "object"}},
}
WHO = [
    {"name": "person", "in": "path", "required": True, "schema": {"type": "integer"}},
    {"name": "secret", "in": "path", "required": True, "schema": {"type": "string"}},
]


def document() -> dict[str, Any]:
    """The whole document; every method takes its arguments as a JSON body."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Potok REST", "version": __version__, "license": {"name": "Apache-2.0"}},
        "paths": {PATH + name: {"post": _operation(method)} for name, method in sorted(methods.all().items())},
        "components": {"schemas": {"Success": SUCCESS, "Error": ERROR}},
    }


def _operation(method: Method) -> dict[str, Any]:
    body = method.takes.model_json_schema(ref_template="#/$defs/{model}")
    return {
        "operationId": method.name,
        "summary": method.title,
        "tags": [method.scope],
        "parameters": WHO,
        "requestBody": {"content": {"application/json": {"schema": body}}},
        "responses": {
            "200": _response("The answer.", "Success"),
            "4XX": _response("The call was refused; nothing changed.", "Error"),
            "5XX": _response("The call failed; nothing changed.", "Error"),
        },
    }


def _response(description: str, schema: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": description, "content": content}
