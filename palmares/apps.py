from django.apps import AppConfig


class PalmaresConfig(AppConfig):
    """The site: settings, addresses, templates, and the public pages."""

    name = "palmares"
    verbose_name = "Palmarès"
