"""The demonstration's sign-in does not exist in production: no app, no module, no address (F12)."""

from __future__ import annotations

import json
import os
import subprocess
import sys

PROBE = """
import json, sys, django
django.setup()
from django.apps import apps
from django.conf import settings
from django.urls import NoReverseMatch, Resolver404, get_resolver, resolve, reverse

get_resolver().url_patterns
from django.template.loader import get_template

found = []
if apps.is_installed("chengxin.doors.demo"):
    found.append("app")
found += [name for name in sys.modules if name.startswith("chengxin.doors.demo")]
for address in ("/demo/", "/demo/sign-in/"):
    try:
        resolve(address)
        found.append(address)
    except Resolver404:
        pass
try:
    found.append(reverse("demo_sign_in"))
except NoReverseMatch:
    pass
if "demo" in repr(settings.TEMPLATES) + repr(settings.MIDDLEWARE) + repr(settings.INSTALLED_APPS):
    found.append("settings")
if "demo" in get_template("account/login.html").template.source:
    found.append("template")
print(json.dumps(found))
"""

PRODUCTION = {
    "CHENGXIN_SECRET_KEY": "only for this test, and long enough to be a secret key of a deployment",
    "CHENGXIN_HOSTS": "city.invalid",
    "CHENGXIN_CITY_ZH": "云川市",
    "CHENGXIN_CITY_EN": "Yunchuan",
    "CHENGXIN_OFFICE_ZH": "云川市公共信用中心",
    "CHENGXIN_OFFICE_EN": "Yunchuan Public Credit Centre",
    "CHENGXIN_MAIL_FROM": "office@city.invalid",
    "DATABASE_URL": "postgresql://localhost:1/chengxin",
    "KEYS_URL": "postgresql://localhost:1/chengxin_keys",
}


def _traces(settings: str) -> list[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CHENGXIN_")}
    environment = {**kept, **PRODUCTION, "DJANGO_SETTINGS_MODULE": f"chengxin.settings.{settings}"}
    answer = subprocess.run(
        [sys.executable, "-c", PROBE], env=environment, capture_output=True, text=True, check=True, timeout=120
    )
    traces: list[str] = json.loads(answer.stdout.splitlines()[-1])
    return traces


def test_production_has_no_trace_of_the_demonstrations_sign_in() -> None:
    assert _traces("production") == []


def test_the_same_look_finds_it_where_it_is() -> None:
    """The twin of the test above: the probe can see."""
    found = _traces("testing")
    assert {"app", "/demo/sign-in/", "settings", "template", "chengxin.doors.demo.signin"} <= set(found)
