"""The WSGI entry point: the server that DATABASE_URL does not name is started before the first request."""

import os

from django.core.wsgi import get_wsgi_application

from chengxin.foundation import server

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chengxin.settings.production")
server.ensure_unless_named()
application = get_wsgi_application()
