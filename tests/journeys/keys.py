"""A page without a mouse: Tab, Enter, Space and the arrows. Wherever the focus stands on the way, it is seen."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Page

MOST_TABS: Final = 150
_STOP: Final = """wanted => {
  const one = document.activeElement, drawn = getComputedStyle(one), place = one.getBoundingClientRect();
  const seen = drawn.outlineStyle !== "none" && parseFloat(drawn.outlineWidth) >= 2 && place.width > 2 && place.height > 2;
  return [one.matches(wanted), seen || one === document.body, one.outerHTML.slice(0, 160)];
}"""


def tab_to(page: Page, selector: str) -> None:
    """Move the focus by the keyboard until it stands on what is wanted."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        there, seen, what = page.evaluate(_STOP, selector)
        assert seen, f"nobody sees that the focus stands on {what}"
        if there:
            return
    raise AssertionError(f"no key leads to {selector}")


def enter(page: Page) -> None:
    """Press what has the focus, and wait for the page it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def follow(page: Page, selector: str) -> None:
    """To a link or a button, and through it."""
    tab_to(page, selector)
    enter(page)


def write(page: Page, selector: str, words: str) -> None:
    """Into a field, over what stands there."""
    tab_to(page, selector)
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.insert_text(words)


def choose(page: Page, selector: str) -> None:
    """A group of radios is one stop of the Tab key; the arrows go on inside it."""
    name = page.locator(selector).get_attribute("name")
    tab_to(page, f'input[name="{name}"]')
    for _ in range(10):
        page.keyboard.press("Space")
        if page.locator(selector).is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"no key chooses {selector}")


def pick(page: Page, selector: str, value: str) -> None:
    """One of a list, by the arrows."""
    tab_to(page, selector)
    for _ in range(30):
        if page.locator(selector).input_value() == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"no key picks {value}")
