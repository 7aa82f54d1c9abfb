"""The page of the API for people, written from its own OpenAPI description."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from drf_spectacular.generators import SchemaGenerator

from palmares.public import shelf
from palmares.public.clock import now
from palmares.public.context import page_context
from palmares.public.freshness import Page, public_page


@dataclass(frozen=True)
class Endpoint:
    """One address of the API, as its description has it. `fields`: name, type, help of what is answered."""

    path: str
    says: str
    parameters: tuple[tuple[str, str, str], ...]
    fields: tuple[tuple[str, str, str], ...]


@cache
def description() -> dict[str, Any]:
    """The OpenAPI description. It depends on the code alone, so it is made once a process."""
    found: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return found


def endpoints() -> Iterator[Endpoint]:
    """Every endpoint, in the order of the addresses."""
    described = description()
    for path, methods in described["paths"].items():
        operation = methods["get"]
        parameters = tuple(
            (given["name"], _type(given.get("schema", {})), given.get("description", ""))
            for given in operation.get("parameters", [])
            if given["in"] == "query"
        )
        yield Endpoint(path, operation.get("description", ""), parameters, tuple(_fields(described, operation)))


def _fields(described: dict[str, Any], operation: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    answered = operation["responses"]["200"].get("content", {}).get("application/json", {}).get("schema", {})
    shape = _resolved(described, answered.get("items", answered))
    for name, field in shape.get("properties", {}).items():
        inner = field.get("items", field)
        yield name, _type(field), field.get("description") or _resolved(described, inner).get("description", "")


def _resolved(described: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = described["components"]["schemas"][name] if name else schema
    return found


def _type(schema: dict[str, Any]) -> str:
    return str(schema.get("type") or schema.get("$ref", "").rpartition("/")[2] or "object")


@public_page
def api(request: HttpRequest) -> Page:
    """How to read the API, with a real address to begin with."""
    newest = shelf.newest(now(request))

    def answer() -> HttpResponse:
        context = page_context(request, None, nav="data", endpoints=list(endpoints()), newest=newest)
        return render(request, "public/api.html", context)

    return Page([newest.seal_digest if newest else ""], answer)
