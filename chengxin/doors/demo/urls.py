"""The one address of the demonstration."""

from __future__ import annotations

from django.urls import URLPattern, path

from chengxin.doors.demo import signin

urlpatterns: list[URLPattern] = [path("sign-in/", signin.sign_in, name="demo_sign_in")]
