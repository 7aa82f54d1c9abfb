"""What is said of a publication that was taken back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from palmares.public.context import page_context
from palmares.public.shelf import Gone


def gone(request: HttpRequest, found: Gone) -> HttpResponse:
    """410, with the public reason and the day; nothing of what the release said but its title and number."""
    context = page_context(request, None, withdrawal=found.withdrawal, withdrawn=found.withdrawal.release)
    return render(request, "public/gone.html", context, status=410)
