"""What the web server serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concord.settings")

application = get_wsgi_application()
# Django imports the views with the first request. Here they are there before gunicorn forks: a
# process that takes the place of one that died serves its first request a second earlier.
_ = get_resolver().url_patterns
