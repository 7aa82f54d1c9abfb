"""Django's admin, for reference data: entered through the newsroom's own door and named in French."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class PalmaresAdminSite(AdminSite):
    """The back office's reference data. Read mostly: what matters is written by the actions."""

    site_title = _("Palmarès")
    site_header = _("Palmarès : données de référence")
    index_title = _("Données de référence")

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send to the one login page, so that there is one throttle; somebody known but not allowed gets a 403."""
        index = reverse("admin:index", current_app=self.name)
        if self.has_permission(request):
            return HttpResponseRedirect(index)
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next", index))
