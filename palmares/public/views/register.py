"""What was corrected and taken back, and how an error is reported."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from palmares.public import shelf
from palmares.public.clock import now
from palmares.public.context import page_context
from palmares.public.corrections import Register
from palmares.public.freshness import Page, public_page
from palmares.public.imprint import Imprint
from palmares.public.report import report_of


@public_page
def corrections(request: HttpRequest) -> Page:
    """The register: every version after the first, every version and article taken back."""
    register = Register(now(request))
    return Page(
        list(register.seen),
        lambda: render(
            request, "public/corrections.html", page_context(request, None, nav="corrections", register=register)
        ),
    )


@public_page
def contact(request: HttpRequest) -> Page:
    """How to write to the newsroom; with a school or a figure in the address, a message already begun."""
    at = now(request)
    report, newest, address = report_of(request.GET, at), shelf.newest(at), Imprint.here().contact

    def answer() -> HttpResponse:
        context = page_context(
            request,
            None,
            nav="contact",
            report=report,
            mailto=report.mailto(address) if address else "",
        )
        return render(request, "public/contact.html", context)

    seen = [release.seal_digest if release else "" for release in (report.release, newest)]
    return Page(seen, answer)
