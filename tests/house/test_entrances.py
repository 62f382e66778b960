"""Every address declares who may enter it, and the pages keep to our own rules on scripts and styles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

import chengxin
from chengxin.doors.entrance import Who, entrance, entrance_of
from chengxin.doors.portal.navigation import PLACES
from chengxin.doors.wording import sentences
from chengxin.offices.terms import Permission

TEMPLATES = sorted((Path(chengxin.__file__).parent / "doors").rglob("templates/**/*.html"))


def _patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern, address)
        else:
            yield address, pattern


ALL = sorted(_patterns(get_resolver()), key=lambda pair: pair[0])


@pytest.mark.parametrize(("address", "pattern"), ALL, ids=[address or "/" for address, _ in ALL])
def test_an_address_declares_who_may_enter(address: str, pattern: URLPattern) -> None:
    declared = entrance_of(pattern.callback)
    assert declared is not None, f"/{address} says not who may enter: put @entrance on its view"
    if declared.who is Who.OFFICIAL and address != "account/mandate/":
        assert declared.permission is not None, f"/{address} lets every official in, whatever their mandate"


def test_there_are_addresses_at_all() -> None:
    assert len(ALL) > 30


def test_a_permission_belongs_to_officials_alone() -> None:
    with pytest.raises(ValueError, match="officials"):
        entrance(who=Who.RESIDENT, permission=Permission.SEND_FILE)


def test_every_place_of_the_bar_has_its_word() -> None:
    assert {f"places.{name}" for name in PLACES} <= set(sentences())


_INLINE = re.compile(r"\sstyle=|<style|\son[a-z]+=|javascript:|<script(?![^>]*(?:\bsrc=|type=\"application/json\"))")
_ELSEWHERE = re.compile(r"(?:src|href)=\"(?:https?:)?//")


SERVED = [path for path in TEMPLATES if path.parent.name != "paper"]
"""What a browser is sent. A letter is a sheet of its own, printed by the print house with its style inside."""


@pytest.mark.parametrize("path", SERVED, ids=[str(path.name) for path in SERVED])
def test_a_template_keeps_to_our_content_security_policy(path: Path) -> None:
    """No inline style or script, nothing fetched from elsewhere: the policy would stop it, on somebody's phone."""
    content = path.read_text(encoding="utf-8")
    assert not _INLINE.search(content), _INLINE.search(content)
    assert not _ELSEWHERE.search(content), _ELSEWHERE.search(content)


@pytest.mark.parametrize("path", TEMPLATES, ids=[str(path.name) for path in TEMPLATES])
def test_a_form_that_is_posted_has_its_token(path: Path) -> None:
    content = path.read_text(encoding="utf-8")
    forms = re.findall(r"<form\b[^>]*method=\"post\".*?</form>", content, flags=re.S)
    assert len(forms) == content.count('method="post"')
    assert all("{% csrf_token %}" in form for form in forms)
