from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RankingsConfig(AppConfig):
    """What follows: methods, editions, releases."""

    name = "rankings"
    verbose_name = _("Classements")
