"""Where files go: private ones without any address, the site's own ones under hashed names."""

from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class PrivateStorage(FileSystemStorage):
    """Files under settings.PRIVATE_DIR, for this process alone. They have no address: `url` raises ValueError."""

    @property
    def base_url(self) -> None:  # type: ignore[override]
        return None


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Static files under names that hold their digest, so that a browser may keep them for ever."""

    # Off by default in Django; without it an `import` between two modules keeps the plain name, which is never renewed.
    support_js_module_import_aggregation = True
