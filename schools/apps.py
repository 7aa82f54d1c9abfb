from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SchoolsConfig(AppConfig):
    """What is: units, indicators, sources, values."""

    name = "schools"
    verbose_name = _("Écoles")
