"""A real browser on a real server: what every journey needs.

``city_server`` serves the module's own databases over WSGI in threads of this process, pages and API as the product does;
``open_page(look)`` gives a page of one of the ``LOOKS``; ``check_page(page)`` is called on every page a journey meets.
"""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.wsgi import get_wsgi_application
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from chengxin.doors.machine.handler import MachineHandler, is_for_machines
from chengxin.foundation.models import Account
from tests.doors.signing import session_cookie

# Playwright's loop runs in the tests' own thread; the tests' queries there are meant
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

BROWSER_NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
SHOTS = os.environ.get("CHENGXIN_SCREENSHOTS", "")


@dataclass(frozen=True)
class Look:
    """How somebody meets a page."""

    name: str
    width: int
    height: int
    scripts: bool = True
    dark: bool = False
    language: str = "zh"
    large: bool = False


PHONE = Look("phone", 390, 844)
PHONE_PLAIN = Look("phone-plain", 390, 844, scripts=False)
PHONE_EN = Look("phone-en", 390, 844, language="en")
PHONE_LARGE = Look("phone-large", 390, 844, large=True)
DESK = Look("desk", 1280, 900)
DESK_EN = Look("desk-en", 1280, 900, language="en")
DESK_PLAIN_EN = Look("desk-plain-en", 1280, 900, scripts=False, language="en")
DESK_DARK = Look("desk-dark", 1280, 900, dark=True)
LOOKS = (PHONE, PHONE_PLAIN, PHONE_EN, PHONE_LARGE, DESK, DESK_PLAIN_EN, DESK_DARK)


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            # a thread's connections would outlive it, and hold the module's databases
            connections.close_all()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves a page closes its connections; nothing is wrong."""


class _Handler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *arguments: Any) -> None:
        """The server's own lines are not the test's."""


@pytest.fixture(scope="module")
def city_server(city: None) -> Iterator[str]:
    """The address of this module's server, without a slash: ``http://localhost:PORT`` (passkeys want that name)."""
    server = _Server(("127.0.0.1", 0), _Handler)
    pages, machines = get_wsgi_application(), MachineHandler()

    def application(environ: dict[str, Any], start_response: Any) -> Any:
        return (machines if is_for_machines(environ["PATH_INFO"]) else pages)(environ, start_response)

    server.set_app(application)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _executable() -> str:
    named = os.environ.get("CHENGXIN_CHROMIUM", "")
    found = named or next((path for name in BROWSER_NAMES if (path := shutil.which(name))), "")
    assert found, (
        "journeys need a Chromium: install the package chromium-headless-shell, or name one in CHENGXIN_CHROMIUM"
    )
    return found


@pytest.fixture(scope="module")
def browser(city: None) -> Iterator[Browser]:
    # while Playwright's loop runs, Django keeps another set of connections: neither may outlive the module's databases
    connections.close_all()
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=_executable(), args=list(QUIET))
        yield launched
        launched.close()
        connections.close_all()


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, city_server: str) -> Iterator[OpenPage]:
    """``open_page(PHONE)``, or ``open_page(DESK, account)`` for somebody signed in; addresses are relative to the server."""
    contexts: list[BrowserContext] = []

    def opened(look: Look = PHONE, account: Account | None = None) -> Page:
        context = browser.new_context(
            base_url=city_server,
            viewport={"width": look.width, "height": look.height},
            java_script_enabled=look.scripts,
            color_scheme="dark" if look.dark else "light",
            reduced_motion="reduce",
            has_touch=look.width < 600,
        )
        contexts.append(context)
        cookies = [("language", look.language)] + [("text", "large")] * look.large
        if account is not None:
            cookies.append(session_cookie(account))
        context.add_cookies([{"name": name, "value": value, "url": city_server} for name, value in cookies])
        page = context.new_page()
        page.set_default_timeout(15_000)
        faults: list[str] = []
        # the browser reports what the content security policy stops as an error of the console
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.chengxin_look = look  # type: ignore[attr-defined]
        page.chengxin_faults = faults  # type: ignore[attr-defined]
        return page

    yield opened
    for context in contexts:
        context.close()


def wait_for_home(page: Page) -> None:
    """Wait until the browser stands on the home page."""
    page.wait_for_url(re.compile(r"^http://[^/]+/$"))


OFF = {"enabled": False}
RULES = {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}}
AXE_OPTIONS: dict[str, Any] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": RULES,
    # what was found in order is not described: that was more than half of the time
    "resultTypes": ["violations"],
}


def check_page(page: Page, *, status: HTTPStatus = HTTPStatus.OK) -> None:
    """Nothing on this page stops anybody: axe (AAA contrast too), language, one heading, no sideways scroll, no error."""
    look: Look = page.chengxin_look  # type: ignore[attr-defined]
    shot(page, "")
    assert page.locator("html").get_attribute("lang") == ("en" if look.language == "en" else "zh-Hans")
    assert page.locator("h1").count() == 1, "a page has one first heading"
    assert page.title().strip()
    _fits(page, look)
    _all_in_the_right_language(page, look)
    drawn = _ways_of_drawing(page)
    seen_in_contrast = drawn <= _contrasts_in_order
    found = (_violations if look.scripts else _violations_without_scripts)(page, contrast=not seen_in_contrast)
    _contrasts_in_order.update(() if found else drawn)
    assert not found, "\n".join(_told(violation) for violation in found)
    faults = [fault for fault in page.chengxin_faults if str(int(status)) not in fault]  # type: ignore[attr-defined]
    page.chengxin_faults.clear()  # type: ignore[attr-defined]
    assert not faults, faults


def _fits(page: Page, look: Look) -> None:
    """Nothing scrolls sideways, on a phone or at a desk: a walk in one look lays every page out in the other width too."""
    for width in (DESK.width if look.width == PHONE.width else PHONE.width, look.width):
        page.set_viewport_size({"width": width, "height": look.height})
        too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert too_wide <= 0, f"{page.url} scrolls sideways by {too_wide} px at {width} px"


CONTRASTS = ("color-contrast", "color-contrast-enhanced")
DRAWN = """() => {
  const drawn = new Set();
  for (const node of document.querySelectorAll("body *")) {
    const words = [...node.childNodes].some(child => child.nodeType === Node.TEXT_NODE && child.data.trim());
    if (!words && !["INPUT", "SELECT", "TEXTAREA"].includes(node.tagName)) continue;
    const own = getComputedStyle(node);
    const way = [own.color, own.fontSize, own.fontWeight, own.textShadow, own.position];
    for (let one = node; one !== null; one = one.parentElement) {
      const {backgroundColor, backgroundImage, opacity, filter} = getComputedStyle(one);
      way.push(backgroundColor, backgroundImage, opacity, filter);
    }
    drawn.add(way.join("|").replaceAll("|rgba(0, 0, 0, 0)|none|1|none", ""));
  }
  return [...drawn];
}"""
_contrasts_in_order: set[str] = set()


def _ways_of_drawing(page: Page) -> set[str]:
    """In which letters and colours, on which grounds the words of a page stand. Contrast, most of axe's work, is asked again
    only where a page has one that this run has not yet found in order."""
    return set(page.evaluate(DRAWN))


def _violations(page: Page, *, contrast: bool) -> list[dict[str, Any]]:
    options = AXE_OPTIONS if contrast else {**AXE_OPTIONS, "rules": {**RULES, **dict.fromkeys(CONTRASTS, OFF)}}
    found: list[dict[str, Any]] = Axe().run(page, options=options).response["violations"]
    return found


def _violations_without_scripts(page: Page, *, contrast: bool) -> list[dict[str, Any]]:
    """axe is itself a script: it looks at what a reader without scripts was given, laid out as that reader sees it."""
    plain = re.sub(r"</?noscript>", "", re.sub(r"<script\b.*?</script>", "", page.content(), flags=re.S))
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(viewport=page.viewport_size)
    try:
        twin = context.new_page()
        twin.route(page.url, lambda route: route.fulfill(body=plain, content_type="text/html; charset=utf-8"))
        twin.goto(page.url)
        return _violations(twin, contrast=contrast)
    finally:
        context.close()


def _all_in_the_right_language(page: Page, look: Look) -> None:
    """The frame around the content speaks one language; names in the content may be in the other, and in a heading too
    where they are marked."""
    heading = page.locator("h1").evaluate(
        "all => { const own = all.cloneNode(true); own.querySelectorAll('[lang]').forEach(name => name.remove());"
        " return own.textContent }"
    )
    frame = page.locator("footer").inner_text() + heading
    chinese = re.search(r"[\u4e00-\u9fff]", frame) is not None
    assert chinese is (look.language == "zh"), f"{page.url} speaks the other language: {frame!r}"


def _told(violation: dict[str, Any]) -> str:
    places = "; ".join(node["html"][:160] for node in violation["nodes"][:3])
    return f"{violation['id']} ({violation['impact']}): {violation['help']}: {places}"


def shot(page: Page, name: str) -> None:
    """Keep a picture of the page where CHENGXIN_SCREENSHOTS names a folder."""
    if SHOTS:
        look: Look = page.chengxin_look  # type: ignore[attr-defined]
        place = name or re.sub(r"[^a-z0-9]+", "-", page.url.split("/", 3)[-1].split("?")[0]).strip("-") or "home"
        folder = Path(SHOTS)
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{place}--{look.name}.png", full_page=True)
