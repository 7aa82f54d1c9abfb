"""The settings, by theme. Only the environment differs between places: docs/deployment.md lists its variables.

With no variable set this is a development site on SQLite; `PALMARES_ENV=production` refuses to start with a missing or
weak setting.
"""

from palmares.settings.api import *
from palmares.settings.base import *
from palmares.settings.database import *
from palmares.settings.environment import env
from palmares.settings.i18n import *
from palmares.settings.logging import *
from palmares.settings.publisher import *
from palmares.settings.security import *
from palmares.settings.static import *

env.finish()
