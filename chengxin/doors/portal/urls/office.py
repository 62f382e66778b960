"""Pages of office heads: officials, mandates, permissions."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
