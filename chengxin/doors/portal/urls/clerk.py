"""Pages of those who send: duties, files, batches."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
