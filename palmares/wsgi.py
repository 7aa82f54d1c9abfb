"""The application that gunicorn runs: `gunicorn palmares.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palmares.settings")
application = get_wsgi_application()
