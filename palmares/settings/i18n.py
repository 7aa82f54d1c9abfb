"""Languages and time. The strings in the code are French; locale/en holds their English."""

from palmares.settings.base import BASE_DIR, PRODUCTION

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
# The path says the language of a public page; this cookie that of the back office, and it is sent nowhere else.
LANGUAGE_COOKIE_NAME = "palmares-language"
LANGUAGE_COOKIE_PATH = "/redaction/"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SECURE = PRODUCTION
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = "Europe/Paris"
USE_TZ = True
