"""What the description of the API says of every endpoint alike."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import OpenApiResponse

from palmares.public.api import serializers as shapes

ERRORS: Mapping[int, Any] = {
    400: OpenApiResponse(
        {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
        description="Parameter → what is wrong with it. A parameter that is not listed here is refused too.",
    ),
    404: OpenApiResponse(shapes.ErrorSerializer, description="Nothing public at this address."),
    429: OpenApiResponse(shapes.ErrorSerializer, description="Too many requests; Retry-After says when to come back."),
}
EDITION_ERRORS: Mapping[int, Any] = {
    **ERRORS,
    410: OpenApiResponse(shapes.GoneSerializer, description="Published once, and taken back."),
}
