"""Reading citations of law out of the free words of a decision: 依据《食品安全法》第一百二十四条第一款、第28条.

Titles stand in 《》; a title of the table of laws is also found without them. Articles follow their title, in Chinese
numerals or digits; 第三十七条之一 is "37-1". Paragraphs and items (款, 项) are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from chengxin.catalogue.terms import Citation

_TITLE = re.compile(r"《([^《》]{2,80})》")
_NUMERAL = "零〇一二三四五六七八九十百千0-9０-９"
_ARTICLE = re.compile(rf"第([{_NUMERAL}]+)条(?:之([{_NUMERAL}]+))?")
_BRACKETS = re.compile(r"[（(〔\[【][^）)〕\]】]*[）)〕\]】]")
TITLE_MASK = "〇"
_STATE = "中华人民共和国"
_DIGIT_FORMS = ("零〇0０", "一1１", "二2２", "三3３", "四4４", "五5５", "六6６", "七7７", "八8８", "九9９")
_DIGITS = {char: value for value, forms in enumerate(_DIGIT_FORMS) for char in forms}
_PLACES = {"十": 10, "百": 100, "千": 1000}


def chinese_number(text: str) -> int:
    """一百二十四 -> 124, 十 -> 10, 124 -> 124. Raises ValueError for anything else."""
    if not text:
        raise ValueError("no numeral")
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total, digit = 0, 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _PLACES:
            total += (digit or 1) * _PLACES[char]
            digit = 0
        else:
            raise ValueError(f"not a numeral: {text!r}")
    return total + digit


def law_name(title: str) -> str:
    """The name under which the table of laws knows a title: without 中华人民共和国, year notes and blanks."""
    bare = _BRACKETS.sub("", "".join(title.split())).strip("《》〈〉")
    return bare.removeprefix(_STATE) or bare


def parse_citations(text: str, known: Iterable[str] = ()) -> tuple[Citation, ...]:
    """Every law the text names, each with every article that follows it (None where none does), in order, once."""
    found: list[tuple[int, int, str]] = [(m.start(), m.end(), law_name(m[1])) for m in _TITLE.finditer(text)]
    if not found:
        found = _bare_titles(text, known)
    citations: dict[Citation, None] = {}
    for place, (_, end, name) in enumerate(found):
        stop = found[place + 1][0] if place + 1 < len(found) else len(text)
        articles: list[str | None] = [_article(m) for m in _ARTICLE.finditer(text, end, stop)]
        for article in articles or [None]:
            citations.setdefault(Citation(name, article))
    return tuple(citations)


def beside_titles(text: str, known: Iterable[str]) -> str:
    """The words of a citation beside the titles of the known laws, each of which is replaced by a mark.

    What a title says (精神卫生法, 宗教事务条例) is said by the law, not of the person.
    """
    names = frozenset(known)
    rest = _TITLE.sub(lambda found: TITLE_MASK if law_name(found[1]) in names else found[0], text)
    for start, end, _ in reversed(_bare_titles(rest, names)):
        rest = rest[:start] + TITLE_MASK + rest[end:]
    return rest


def _article(found: re.Match[str]) -> str:
    number = str(chinese_number(found[1]))
    return f"{number}-{chinese_number(found[2])}" if found[2] else number


def _bare_titles(text: str, known: Iterable[str]) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for name in sorted(known, key=len, reverse=True):
        for match in re.finditer(re.escape(name), text):
            if all(match.end() <= start or match.start() >= end for start, end, _ in found):
                found.append((match.start(), match.end(), name))
    return sorted(found)
