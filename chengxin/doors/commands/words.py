"""What the commands say: the sentences of `wording/commands.yaml`, Chinese first, or one language where the shell asks so."""

from __future__ import annotations

import os
import sys
from typing import TextIO

from chengxin.doors.wording import LANGUAGES, Language, text

LANGUAGE_VARIABLE = "CHENGXIN_LANGUAGE"
"""`zh` or `en`; anything else, and nothing, means both."""


def spoken() -> tuple[Language, ...]:
    """The languages to speak, in order."""
    wanted = os.environ.get(LANGUAGE_VARIABLE, "").strip().lower()[:2]
    return tuple(language for language in LANGUAGES if language == wanted) or LANGUAGES


def lines(key: str, **params: object) -> list[str]:
    """The sentence `commands.<key>` in each language spoken."""
    return [text(f"commands.{key}", language, **params) for language in spoken()]


def one_line(key: str, **params: object) -> str:
    """The same beside each other: for help texts and bars."""
    return " / ".join(lines(key, **params))


def say(key: str, *, to: TextIO | None = None, **params: object) -> None:
    """Print the sentence, one line a language."""
    for line in lines(key, **params):
        print(line, file=to or sys.stdout, flush=True)
