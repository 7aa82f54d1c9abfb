"""The endpoints of what the newsroom writes."""

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from editorial.models import Article
from palmares.public import shelf
from palmares.public.api import article_shapes as shapes
from palmares.public.api.base import PublicView
from palmares.public.api.documented import ERRORS
from palmares.public.api.pages import PAGES, one_page, paged, text_parameter
from palmares.public.article_filters import NOT_LISTED, ArticleFilter
from palmares.public.clock import now


class ArticlesView(PublicView):
    """The published articles and announcements, the latest first."""

    row = shapes.ArticleSerializer
    parameters = frozenset({"genre", "ranking", "year", "unit", "limit", "offset"})

    @extend_schema(
        operation_id="articles",
        parameters=[
            OpenApiParameter("genre", {"type": "string", "enum": list(Article.Genre.values)}, description="One genre."),
            text_parameter("ranking", "The slug of the ranking they quote.", 80),
            OpenApiParameter("year", {"type": "integer", "minimum": 1000, "maximum": 9999}, description="Its year."),
            text_parameter("unit", "The slug of a school one of their figures is about.", 120),
            *PAGES,
        ],
        responses={200: shapes.ArticlePageSerializer, **ERRORS},
    )
    def get(self, request: Request) -> Response:
        filters = ArticleFilter(request.query_params)
        if not filters.is_valid():
            raise ValidationError({name: [str(said) for said in errors] for name, errors in filters.errors.items()})
        found = filters.kept(shelf.articles(now(request._request)).defer(*NOT_LISTED))
        return paged(request, shapes.ArticlePageSerializer(one_page(request, found)).data)


class ArticleView(PublicView):
    """One article, with its text and its figures."""

    @extend_schema(operation_id="article", responses={200: shapes.ArticleDetailSerializer, **ERRORS})
    def get(self, request: Request, slug: str) -> Response:
        at = now(request._request)
        found = shelf.articles(at).filter(slug=slug).first()
        if found is None:
            raise Http404
        corrections = shelf.corrections([found], at)
        return Response(shapes.ArticleDetailSerializer(found, context={"corrections": corrections}).data)
