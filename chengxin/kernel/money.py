"""Amounts of the national templates: 万元 (10,000 yuan) with up to six decimals, exact, never a float."""

import re
from decimal import Decimal
from typing import Final

from chengxin.kernel.errors import BadInput
from chengxin.kernel.moments import is_chinese

WAN_DECIMALS: Final = 6
WAN_WHOLE_DIGITS: Final = 12
"""The template's decimal(18,6): twelve digits before the point, six after it."""

NARROW_DIGITS: Final = {0xFF10 + digit: ord("0") + digit for digit in range(10)} | {0xFF0E: ord(".")}
"""Of a figure only the width is forgiven: a raised 2 is no second digit, a bracket may stand for minus."""

_AMOUNT = re.compile(r"([0-9]+)(?:\.([0-9]+))?")
_WAN = Decimal(10_000)
_FEN = Decimal("0.01")


class BadAmount(BadInput):
    """This cannot be read as an amount in 万元 with at most six decimals.

    `data["why"]` is one of not_a_number, too_many_decimals, too_large.
    """

    code = "bad_amount"


def parse_wan(text: str) -> Decimal:
    """An amount in 万元, exact: `"0.2"` is Decimal("0.2").

    Full-width digits and blanks around it are forgiven; signs, exponents, units and thousands separators are not,
    for a wrong reading of an amount is worse than a row sent back. Raises `BadAmount`.
    """
    found = _AMOUNT.fullmatch(text.translate(NARROW_DIGITS).strip())
    if not found:
        raise BadAmount(why="not_a_number")
    whole, decimals = found[1], found[2] or ""
    if len(decimals) > WAN_DECIMALS:
        raise BadAmount(why="too_many_decimals")
    if len(whole.lstrip("0")) > WAN_WHOLE_DIGITS:
        raise BadAmount(why="too_large")
    return Decimal(found[0])


def wan_to_yuan(wan: Decimal) -> Decimal:
    """Yuan with two decimals; six decimals of 万元 are whole fen, so nothing is rounded."""
    return (wan * _WAN).quantize(_FEN)


def yuan_to_wan(yuan: Decimal) -> Decimal:
    """万元 with six decimals; raises `BadAmount` where the yuan hold parts of a fen."""
    if yuan != yuan.quantize(_FEN):
        raise BadAmount(why="too_many_decimals")
    return (yuan / _WAN).quantize(Decimal(1).scaleb(-WAN_DECIMALS))


def format_yuan(yuan: Decimal, language: str) -> str:
    """`3,000 元`, `3,000.50 元`, or `3,000 yuan` in English; fen are shown only where there are any."""
    exact = yuan.quantize(_FEN)
    number = f"{exact:,.0f}" if exact == exact.to_integral_value() else f"{exact:,.2f}"
    return f"{number} {'元' if is_chinese(language) else 'yuan'}"


def format_wan_as_yuan(wan: Decimal, language: str) -> str:
    """An amount of a template, as people read it: 0.3 (万元) is `3,000 元`."""
    return format_yuan(wan_to_yuan(wan), language)
