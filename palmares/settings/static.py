"""The site's own files: hashed names in production, plain ones elsewhere."""

from palmares.settings.base import PRODUCTION, VAR_DIR
from palmares.settings.environment import env

STATIC_URL = "/static/"
STATIC_ROOT = env.folder("PALMARES_STATIC_ROOT", VAR_DIR / "static")

STORAGES = {
    "default": {"BACKEND": "palmares.storage.PrivateStorage"},
    "staticfiles": {
        "BACKEND": "palmares.storage.HashedStaticFiles"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
