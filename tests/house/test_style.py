"""The stylesheet's own promises: text at contrast AAA in light and dark, targets of 44 px, a focus that shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import chengxin

FOLDER = Path(chengxin.__file__).parent / "doors" / "portal" / "static" / "chengxin"
CSS = (FOLDER / "chengxin.css").read_text(encoding="utf-8")

TEXT = {
    "ink": ("paper", "paper-soft", "accent-wash", "warn-wash", "good-wash"),
    "ink-soft": ("paper", "paper-soft", "accent-wash", "warn-wash", "good-wash"),
    "accent": ("paper", "paper-soft", "accent-wash"),
    "accent-deep": ("paper", "paper-soft", "accent-wash"),
    "on-accent": ("accent", "accent-deep"),
    "warn": ("paper", "warn-wash"),
    "good": ("paper", "good-wash"),
    "paper": ("warn",),
}
"""Colour of text -> the grounds it stands on."""
EDGES = {"line-strong": ("paper", "paper-soft"), "focus": ("paper", "paper-soft", "accent-wash")}
"""Colour of an edge that says something -> the grounds around it."""


def _tokens() -> dict[str, dict[str, str]]:
    light, dark = re.findall(r":root \{([^}]*)\}", CSS)[:2]
    return {
        name: dict(re.findall(r"--([\w-]+):\s*(#\w{6})", block)) for name, block in (("light", light), ("dark", dark))
    }


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """WCAG 2.2: from 1 to 21."""
    dark, light = sorted((_luminance(first), _luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_counted_as_wcag_counts_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXT, 7.0), (EDGES, 3.0)], ids=["text", "edges"])
def test_colours_can_be_told_apart(scheme: str, pairs: dict[str, tuple[str, ...]], least: float) -> None:
    tokens = _tokens()[scheme]
    weak = {
        (front, back): round(contrast(tokens[front], tokens[back]), 1)
        for front, backs in pairs.items()
        for back in backs
        if contrast(tokens[front], tokens[back]) < least
    }
    assert not weak


def test_colours_stand_in_tokens_alone() -> None:
    """Outside the tokens and the print rules there is no colour, so dark mode forgets nothing. (A QR code stays white.)"""
    rest = CSS.split("/* ---- ground ---- */")[1].split("/* ---- paper ---- */")[0]
    assert re.findall(r"#[0-9a-fA-F]{3,6}\b", rest) == ["#ffffff"]


def test_the_sheet_has_no_ornament() -> None:
    assert not re.search(r"gradient\(|box-shadow|text-shadow|@import|url\(", CSS)
    assert "--target: 44px" in CSS
    assert "outline: 3px solid var(--focus)" in CSS


def test_one_stylesheet_and_one_script_are_all() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {"chengxin.css", "portal.js", "mark.svg"}
