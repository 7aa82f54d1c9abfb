"""Makes Django's admin use the site of `palmares.admin`."""

from django.contrib.admin.apps import AdminConfig


class PalmaresAdminConfig(AdminConfig):
    """Kept apart from `palmares.apps`, where Django would take it for the configuration of the app `palmares`."""

    default_site = "palmares.admin.PalmaresAdminSite"
