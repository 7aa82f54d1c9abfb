"""Applications, middleware, templates: what is the same everywhere."""

from pathlib import Path

from palmares.settings.environment import env

BASE_DIR = Path(__file__).resolve().parent.parent.parent
PRODUCTION = env.choice("PALMARES_ENV", ("development", "production")) == "production"
DEBUG = not PRODUCTION

# What a development site writes: its database, its private files. Production names each place itself.
VAR_DIR = env.folder("PALMARES_VAR_DIR", BASE_DIR / "var")

AUTH_USER_MODEL = "editorial.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "palmares.urls"
WSGI_APPLICATION = "palmares.wsgi.application"

INSTALLED_APPS = [
    "palmares.admin_app.PalmaresAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "axes",
    "schools",
    "rankings",
    "editorial",
    "palmares",
]

MIDDLEWARE = [
    # Outermost, so that redirects and errors made further in carry these headers too.
    "palmares.middleware.no_store",
    "palmares.middleware.permissions_policy",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    # In development `runserver` serves the static files itself, and no folder of collected files exists.
    *(["whitenoise.middleware.WhiteNoiseMiddleware"] if PRODUCTION else []),
    "palmares.middleware.language_from_path",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Last, as django-axes asks: it turns a login it has refused into the answer 429.
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# Messages wait in the session: a cookie of their own would be one more on the way to the cache.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Small things only. Nothing under embargo goes through it, and Django's page cache is not used anywhere.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # The pictures of shared links, some 30 kB each: a thousand of them at most, apart so that they push nothing out.
    "pictures": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pictures",
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
}
TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
