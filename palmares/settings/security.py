"""Keys, hosts, cookies, headers, passwords, throttling, private files."""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.csp import CSP

from palmares.settings.base import BASE_DIR, PRODUCTION, VAR_DIR
from palmares.settings.environment import env
from palmares.settings.static import STATIC_ROOT

# ---- Keys ----
DEVELOPMENT_KEY = "development-only-" + "0123456789abcdef" * 3
KEY_REMEDY = "make one with: python -c 'import secrets; print(secrets.token_urlsafe(48))'"


def _check_key(name: str, key: str) -> None:
    if not key:
        env.refuse(name, f"is missing; {KEY_REMEDY}")
    elif key == DEVELOPMENT_KEY or key.startswith("django-insecure-"):
        env.refuse(name, f"is the key of the development site, which everybody knows; {KEY_REMEDY}")
    elif len(key) < 50:
        env.refuse(name, f"has {len(key)} signs and needs at least 50; {KEY_REMEDY}")
    elif len(set(key)) < 16:
        env.refuse(name, f"repeats the same {len(set(key))} signs; {KEY_REMEDY}")


SECRET_KEY = env.text("PALMARES_SECRET_KEY", "" if PRODUCTION else DEVELOPMENT_KEY)
# Keys still accepted for what was signed before the last change of key.
SECRET_KEY_FALLBACKS = env.words("PALMARES_SECRET_KEY_FALLBACKS")
if PRODUCTION:
    _check_key("PALMARES_SECRET_KEY", SECRET_KEY)
    for _key in SECRET_KEY_FALLBACKS:
        _check_key("PALMARES_SECRET_KEY_FALLBACKS", _key)

# ---- Hosts and proxies ----
ALLOWED_HOSTS = env.words("PALMARES_ALLOWED_HOSTS") or ([] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]"])
if PRODUCTION and not ALLOWED_HOSTS:
    env.refuse("PALMARES_ALLOWED_HOSTS", "is missing; name the site's hosts, for example palmares.example.fr")
for _host in ALLOWED_HOSTS:
    if "*" in _host or "/" in _host or " " in _host:
        env.refuse("PALMARES_ALLOWED_HOSTS", f"holds {_host!r}; write bare host names, without scheme, path or star.")

# How many proxies of ours stand in front. Only then is anything a client can write itself (X-Forwarded-…) believed,
# and only as far back as those proxies reach.
TRUSTED_PROXIES = env.integer("PALMARES_PROXIES", 0, least=0, most=5)
CSRF_TRUSTED_ORIGINS = env.words("PALMARES_TRUSTED_ORIGINS")
for _origin in CSRF_TRUSTED_ORIGINS:
    _parts = urlsplit(_origin)
    _schemes = ("https",) if PRODUCTION else ("https", "http")
    if _parts.scheme not in _schemes or not _parts.hostname or "*" in _origin or _parts.path:
        env.refuse(
            "PALMARES_TRUSTED_ORIGINS", f"holds {_origin!r}; write full origins such as https://palmares.example.fr"
        )
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    if not CSRF_TRUSTED_ORIGINS:
        env.refuse(
            "PALMARES_TRUSTED_ORIGINS", "is missing and PALMARES_PROXIES is set; name the origins the public sees."
        )

# ---- Private files ----
# Imported files and everything rendered before its instant. There is no MEDIA_URL: nothing here has an address.
PRIVATE_DIR = env.folder("PALMARES_PRIVATE_DIR", VAR_DIR / "private")
MEDIA_ROOT = PRIVATE_DIR
FILE_UPLOAD_TEMP_DIR = PRIVATE_DIR / "uploads"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700


def _check_private_dir(path: Path) -> None:
    resolved = path.resolve()
    if not env.text("PALMARES_PRIVATE_DIR"):
        env.refuse("PALMARES_PRIVATE_DIR", "is missing; name a folder that no web server can open.")
    elif not path.is_dir() or not os.access(path, os.W_OK | os.X_OK):
        env.refuse("PALMARES_PRIVATE_DIR", f"is {str(path)!r}, not a folder this process can write in; create it.")
    elif resolved.is_relative_to(STATIC_ROOT.resolve()) or resolved.is_relative_to(BASE_DIR):
        env.refuse(
            "PALMARES_PRIVATE_DIR", f"is {str(path)!r}, inside the program or its served files; move it outside."
        )


if PRODUCTION and not env.is_refused("PALMARES_PRIVATE_DIR"):
    _check_private_dir(PRIVATE_DIR)
if not env.problems:
    FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)

# ---- Size of a request (files are limited by the importer itself) ----
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 5

# ---- Headers ----
# Without a nonce: pages are kept by caches, and a page kept with yesterday's nonce is a broken page.
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "object-src": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    # The probes of a load balancer come over plain HTTP, from inside.
    SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True

# ---- Cookies: only the back office sets any ----
# A browser accepts a __Host- cookie only over HTTPS, from this very host and for all its paths.
_prefix = "__Host-" if PRODUCTION else ""
SESSION_COOKIE_NAME = f"{_prefix}palmares-session"
CSRF_COOKIE_NAME = f"{_prefix}palmares-csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600

# ---- Login ----
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/redaction/"
LOGOUT_REDIRECT_URL = "login"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "editorial.backends.NewsroomBackend"]
_validation = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_validation}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_validation}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_validation}.CommonPasswordValidator"},
    {"NAME": f"{_validation}.NumericPasswordValidator"},
]

# By name *and* address: by name alone anybody could lock a colleague out, by address alone one slip locks the newsroom.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
# Otherwise whoever goes on guessing keeps the owner of the account out for ever.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "palmares.lockout.locked_out"
AXES_CLIENT_IP_CALLABLE = "palmares.lockout.client_address"
AXES_ENABLE_ADMIN = False
# Its banner at each start says nothing the settings do not; failures and lockouts are logged all the same.
AXES_VERBOSE = False
