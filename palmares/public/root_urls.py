"""Addresses that robots know, the same in every language."""

from django.urls import URLPattern, path

from palmares.public.views import site

urlpatterns: list[URLPattern] = [
    path("robots.txt", site.robots, name="robots"),
    path("sitemap.xml", site.sitemap, name="sitemap"),
]
