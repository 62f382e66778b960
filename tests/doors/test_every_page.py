"""Every page that a link leads to, as each of the invented city meets it, in both languages: what no page may be without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http import HTTPStatus
from pathlib import Path

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from chengxin.doors.demo.city.offices import officials
from chengxin.doors.demo.signin import cast_list
from chengxin.doors.portal.navigation import PLACES
from chengxin.foundation.models import Account
from tests.doors.signing import signed_in
from tests.invented import building_city

RESIDENTS = ("Zhou Jianguo", "Sun Zhiqiang", "Wu Guifang", "Zheng Xiaoyan", "Feng Deming", "Chu Yun")
IN_CHINESE_TOO = ("public", "Wu Guifang", "Li Wenjing", "Gu Qingyuan", "Shen Shuyi")
"""English holds more that can go wrong; a page's two languages share everything but their sentences."""

LOGINS = ("recall", "erasure")
"""Officials of the city who are not on its sign-in page."""

FOR_EVERYBODY = {"home", "complain", "promises", "catalogue", "accessibility", "account_login", "account"}
"""Pages that every page's own frame leads to and from."""

NO_PAGES = {"set_language", "set_text", "account_logout", "template", "my_download", "batch_answer", "batch_failed",
            "journal_download", "openid_connect_login"}  # fmt: skip
"""Addresses that answer with a file, or lead on at once."""

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_UNSAID = re.compile(r"\{[a-z_]+\}|\b[a-z]+(?:\.[a-z_]+){2,}\b")
_VOID = {"meta", "link", "input", "br", "img", "hr", "source", "wbr", "col"}


class Seen(HTMLParser):
    """A page as a reader of its source: title, headings, links, and words with the language they stand in."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.h1 = 0
        self.back = False
        self.links: list[str] = []
        self.words: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.h1 += tag == "h1"
        self.back |= "back" in (given.get("class") or "").split()
        if tag == "a" and (address := given.get("href") or "").startswith(("/", "?")):
            self.links.append(address)
        if tag not in _VOID:
            language = given.get("lang") or (self._open[-1][1] if self._open else "")
            self._open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        inside = {tag for tag, _ in self._open}
        if "title" in inside and "svg" not in inside:
            self.title += data
        if data.strip() and not inside & {"script", "style", "textarea", "code"}:
            self.words.append((self._open[-1][1] if self._open else "", data.strip()))


@dataclass
class Walk:
    """What one visitor met: address name -> (address, page) in one language."""

    who: str
    language: str
    pages: dict[str, tuple[str, Seen]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)


def walked(who: str, account: Account | None, language: str) -> Walk:
    """Follow every link from the home page on, once for each name of an address."""
    client = signed_in(account, language=language) if account else Client()
    client.cookies["language"] = language
    walk = Walk(who, language)
    waiting = ["/", "/account/"] if account else ["/", "/sign-in/", "/sign-in/code/"]
    while waiting:
        address = waiting.pop(0).split("#")[0]
        try:
            name = resolve(address.split("?")[0]).url_name or ""
        except Resolver404:
            walk.broken.append(f"{address} is no address")
            continue
        if name in walk.pages or name in NO_PAGES:
            continue
        answer = client.get(address)
        if answer.status_code == HTTPStatus.FOUND:
            waiting.append(answer.headers["Location"])
            continue
        if answer.status_code != HTTPStatus.OK:
            walk.broken.append(f"{address} answers {answer.status_code}")
            continue
        seen = Seen()
        seen.feed(answer.content.decode())
        walk.pages[name] = (address, seen)
        waiting += [link for link in seen.links if link.startswith("/")]
    return walk


@pytest.fixture(scope="module")
def walks(city: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Walk]]:
    state: Path = tmp_path_factory.mktemp("state")
    with building_city(state):
        visitors: dict[str, Account | None] = {"public": None}
        for member in cast_list():
            if member.group != "residents" or member.name_en in RESIDENTS:
                visitors[member.name_en] = Account.objects.get(id=member.account_id)
        known = {one.login: one for one in officials()}
        visitors |= {login: Account.objects.get(username=known[login].login) for login in LOGINS}
        assert len(visitors) > 17
        yield [
            walked(who, account, language)
            for who, account in visitors.items()
            for language in ("zh", "en")
            if language == "en" or who in IN_CHINESE_TOO
        ]


def faults(walks: list[Walk]) -> Iterator[str]:
    for walk in walks:
        yield from (f"{walk.who}: {broken}" for broken in walk.broken)
        for name, (address, seen) in walk.pages.items():
            where = f"{walk.who} {walk.language} {address}"
            if seen.h1 != 1:
                yield f"{where}: {seen.h1} first headings"
            if not seen.back and name not in PLACES and name not in FOR_EVERYBODY:
                yield f"{where}: no way back"
            for language, words in seen.words:
                if _UNSAID.search(words):
                    yield f"{where}: not said in words: {words[:80]}"
                if walk.language == "en" and language == "en" and _CHINESE.search(words):
                    yield f"{where}: Chinese that is not marked: {words[:80]}"


def test_every_page_is_in_order(walks: list[Walk]) -> None:
    found = list(faults(walks))
    assert not found, "\n".join(found)


def test_no_two_pages_of_a_visitor_bear_one_title(walks: list[Walk]) -> None:
    twice = []
    for walk in walks:
        titles: dict[str, str] = {}
        for name, (_, seen) in walk.pages.items():
            if seen.title in titles:
                twice.append(f"{walk.who} {walk.language}: {titles[seen.title]} and {name}: {seen.title}")
            titles[seen.title] = name
    assert not twice, "\n".join(twice)


def test_the_walks_meet_every_place_of_the_bar_and_most_pages(walks: list[Walk]) -> None:
    """What no link of the fresh city leads to stands in the journeys of its own kind of work."""
    met = {name for walk in walks for name in walk.pages}
    assert met >= set(PLACES), set(PLACES) - met
    assert len(met) > 60, sorted(met)
