"""The proof log, for everybody: the addresses of C2SP tlog-tiles under ``log/``, and the page that checks a proof."""

from __future__ import annotations

from django.urls import URLPattern, path

from chengxin.doors.portal.views.public import log

urlpatterns: list[URLPattern] = [
    path("log/checkpoint", log.checkpoint, name="log_checkpoint"),
    path("log/checkpoint/<int:leaves>", log.checkpoint, name="log_checkpoint_of"),
    path("log/tile/entries/<path:place>", log.entries, name="log_entries"),
    path("log/tile/<int:height>/<path:place>", log.tile, name="log_tile"),
    path("log/consistency/<int:old>/<int:new>", log.consistency, name="log_consistency"),
    path("log/key", log.key, name="log_key"),
    path("log/add-cosignature", log.add_cosignature, name="log_add_cosignature"),
    path("log/verify/", log.verifier, name="log_verify"),
]
