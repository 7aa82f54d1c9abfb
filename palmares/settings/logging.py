"""Logs go to standard error, one line an event; whoever runs the site decides where they end."""

from palmares.settings.base import PRODUCTION
from palmares.settings.environment import env

_formats = ("json", "text") if PRODUCTION else ("text", "json")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"()": "palmares.logs.TextFormatter"},
        "json": {"()": "palmares.logs.JsonFormatter"},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": env.choice("PALMARES_LOG_FORMAT", _formats)},
    },
    "root": {
        "handlers": ["stderr"],
        "level": env.choice("PALMARES_LOG_LEVEL", ("INFO", "DEBUG", "WARNING", "ERROR")),
    },
    # Django's own configuration would also mail the errors and print them a second time.
    "loggers": {"django": {"handlers": [], "level": "NOTSET", "propagate": True}},
}
