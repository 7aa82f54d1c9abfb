from django.apps import AppConfig


class PalmaresConfig(AppConfig):
    """The site: settings, addresses, templates, and the public pages."""

    name = "palmares"
    verbose_name = "Palmarès"

    def ready(self) -> None:
        """Register what `check --deploy` asks of the settings."""
        from palmares import checks  # noqa: F401  # Its import registers them.
