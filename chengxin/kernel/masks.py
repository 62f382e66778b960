"""How numbers and names are shown where they must be recognised by the one who knows them and by nobody else.

The court's mask (area, year and last four digits shown) is banned: the check digit leaves some 33 of 365 birthdays
for the hidden part, so it can be guessed back.
"""

from typing import Final

_STAR: Final = "*"

_COMPOUND = """
    欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠
    公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁
    拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 梁丘 左丘 东门 西门 第五 歐陽 司馬 東方 獨孤
    南宮 聞人 諸葛 尉遲 赫連 澹臺 濮陽 公孫 仲孫 鍾離 長孫 鮮于 閭丘 巫馬 軒轅 東郭 南門 東門 西門
"""

COMPOUND_FAMILY_NAMES: Final = frozenset(_COMPOUND.split())


def mask_number(number: str) -> str:
    """The first and the last character, the rest stars: `0****************X`. Below six characters nothing is shown."""
    if len(number) < 6:
        return _STAR * len(number)
    return f"{number[0]}{_STAR * (len(number) - 2)}{number[-1]}"


def mask_name(name: str) -> str:
    """The family name of a Chinese name, else the first character: `张*`, `欧阳**`, `阿***`, `J***`.

    A name of one character is hidden wholly. Names of more than four characters end in three stars, whatever their
    length.
    """
    name = name.strip()
    if len(name) < 2:
        return _STAR * len(name)
    if len(name) > 4 or not all("\u3400" <= character <= "\u9fff" or character > "\U0001ffff" for character in name):
        return name[0] + _STAR * 3
    shown = 2 if len(name) > 2 and name[:2] in COMPOUND_FAMILY_NAMES else 1
    return name[:shown] + _STAR * (len(name) - shown)
