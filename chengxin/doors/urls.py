"""Every address of the product."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path


@transaction.non_atomic_requests
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; it asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


urlpatterns = [path("healthz", healthz, name="healthz")]
