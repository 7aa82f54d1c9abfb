"""Small things pages need: the pages of a list and their addresses."""

from collections.abc import Iterator
from typing import TypedDict
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


class WebAddress(TypedDict):
    """An address that a browser opens as a page, and the host a reader knows it by."""

    url: str
    host: str


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


@register.simple_tag(takes_context=True)
def block_again(context: template.RequestContext, name: str) -> SafeString:
    """What a block of this page says, once more and on one line: already escaped as the block escapes it."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return mark_safe(block.render(context).replace("\n", " ").strip())  # noqa: S308


@register.simple_tag
def abs_int(n: int) -> int:
    """The number without its sign."""
    return abs(n)


@register.simple_tag
def site_name() -> str:
    """`{% site_name %}`: what the site is called; error pages, which have no context, ask it too."""
    return str(settings.SITE_NAME)


@register.simple_tag
def web_address(url: str | None) -> WebAddress | None:
    """`{% web_address unit.website as web %}`: the address and its host; None unless it is one of the web, with a host.

    Addresses come from files of others: one that runs a script or opens a program is never a link.
    """
    try:
        parts = urlsplit(url or "")
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None:
        return None
    return WebAddress(url=parts.geturl(), host=host.removeprefix("www."))
