"""Small things pages need: the pages of a list and their addresses."""

from collections.abc import Iterator

from django import template
from django.conf import settings
from django.core.paginator import Paginator
from django.http import QueryDict

register = template.Library()


@register.filter
def elided(paginator: Paginator, number: int) -> Iterator[int | None]:
    """The page numbers to show around `number`; None stands for those left out."""
    for page in paginator.get_elided_page_range(number, on_each_side=2, on_ends=1):
        yield page if isinstance(page, int) else None


@register.simple_tag
def querystring_page(query: QueryDict | None, number: int) -> str:
    """The query of another page, with the same filters in the same order; escaped by the template."""
    fields = QueryDict(mutable=True) if not query else query.copy()
    fields["page"] = str(number)
    return fields.urlencode()


@register.simple_tag
def abs_int(n: int) -> int:
    """The number without its sign."""
    return abs(n)


@register.simple_tag
def site_name() -> str:
    """`{% site_name %}`: what the site is called; error pages, which have no context, ask it too."""
    return str(settings.SITE_NAME)
