"""What every answer of the API shares: its headers, its ETag, its limits, its errors."""

import hashlib
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, NotFound, ValidationError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView

from palmares.lockout import client_address
from palmares.public.api.tables import CsvRenderer
from palmares.public.freshness import CACHED, NOT_CACHED


class Throttle(AnonRateThrottle):
    """So many requests a minute for one address, as far as addresses can be believed."""

    rate = "300/min"
    scope = "public-api"

    def get_ident(self, request: Request) -> str:
        return client_address(request._request)


class Gone(APIException):
    """What was published and has been taken back; `detail` holds the public reason."""

    status_code = 410
    default_code = "gone"


class ByQuery(BaseContentNegotiation):
    """The form of an answer is said by its address alone, `?format=csv`: what a reader accepts changes nothing.

    JSON when the address does not say, or says what does not exist, which the view then refuses.
    """

    def select_parser(self, request: Request, parsers: Any) -> Any:
        """None: no request has a body."""
        return None

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """The renderer of the format asked for, the first of them by default."""
        asked = request.query_params.get("format", "")
        found = next((one for one in renderers if one.format == asked), renderers[0])
        return found, found.media_type


class PublicView(APIView):
    """A view that answers GET and HEAD with JSON, refuses parameters it does not know, and can be asked « changed? ».

    `parameters`: the query parameters it takes; `repeated`: those that may be given more than once;
    `prefixes`: how those begin that the view itself knows. `row`: the shape
    of a row, of a list that can be had as CSV too.
    """

    http_method_names = ["get", "head"]
    renderer_classes = [JSONRenderer]
    content_negotiation_class = ByQuery
    throttle_classes = [Throttle]
    parameters: frozenset[str] = frozenset()
    repeated: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    row: ClassVar[type[Serializer[Any]] | None] = None

    def get_renderers(self) -> list[BaseRenderer]:
        """JSON, and CSV for a list."""
        return [*super().get_renderers(), *([CsvRenderer()] if self.row else [])]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuses a parameter it does not know: a misspelt filter must not answer with everything."""
        super().initial(request, *args, **kwargs)
        query = request.query_params
        parameters = self.parameters | ({"format"} if self.row else set())
        if unknown := sorted(name for name in set(query) - parameters if not name.startswith(self.prefixes)):
            known = ", ".join(sorted(parameters)) or _("aucun")
            raise ValidationError({name: [_("Paramètre inconnu. Connus : %s.") % known] for name in unknown})
        if twice := sorted(name for name in set(query) - self.repeated if len(query.getlist(name)) > 1):
            raise ValidationError({name: [_("Ce paramètre ne se donne qu’une fois.")] for name in twice})
        if self.row and query.get("format", "json") not in {"json", "csv"}:
            raise ValidationError({"format": [_("Dites « json » ou « csv ».")]})

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Adds what a cache and a page of another site need."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        if isinstance(answer, Response) and answer.status_code != 200:
            # What is wrong is said in JSON, whatever form was asked for.
            answer.accepted_renderer, answer.accepted_media_type = JSONRenderer(), JSONRenderer.media_type
        answer.headers["Access-Control-Allow-Origin"] = "*"
        answer.headers["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After"
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Cache-Control"] = CACHED if answer.status_code == 200 else NOT_CACHED
        # Answers are the same whatever the reader accepts or is.
        answer.headers.pop("Vary", None)
        if answer.status_code != 200:
            return answer
        if not isinstance(answer, Response):
            return conditional(request._request, answer)
        answer.add_post_render_callback(lambda rendered: conditional(request._request, rendered))
        return answer


def conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response with the digest of its bytes as strong ETag; 304 without body when the reader has those bytes."""
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    found = get_conditional_response(request, etag=etag, response=response)
    if found is None or found is response:
        return response
    # 304, or 412 to a condition that fails.
    found.headers["ETag"] = etag
    for name in ("Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "Cache-Control"):
        found.headers[name] = response.headers[name]
    if isinstance(found, HttpResponseNotModified):
        del found.headers["Content-Type"]
    return found


class NotFoundView(PublicView):
    """Any other address under the API: 404 in JSON, the same for what never was and for what is not yet."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        self.parameters = self.repeated = frozenset(request.query_params)
        super().initial(request, *args, **kwargs)
        raise NotFound

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        raise AssertionError("initial answers")
