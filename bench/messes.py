"""What goes wrong in real files, one kind at a time: each changes a right row of any item."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from chengxin.catalogue.terms import FieldRole, FieldSpec, FieldType
from chengxin.kernel.documents import DocumentKind
from chengxin.kernel.practice import (
    practice_number,
    practice_org_code,
    practice_passport,
    practice_permit,
    practice_residence_card,
)

if TYPE_CHECKING:
    from bench.rows import Cells, RowMaker

_FULL_WIDTH = str.maketrans({chr(point): chr(point + 0xFEE0) for point in range(0x21, 0x7F)})
_DATE_FORMS: tuple[Callable[[date], str], ...] = (
    lambda day: day.isoformat(),
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.year}.{day.month}.{day.day}",
)

ANY = tuple(FieldType)
Mess = Callable[["RowMaker", "Cells"], None]


def _on(*kinds: FieldType) -> Callable[[Callable[[RowMaker, str, FieldSpec], str | None]], Mess]:
    def wrap(change: Callable[[RowMaker, str, FieldSpec], str | None]) -> Mess:
        def mess(maker: RowMaker, row: Cells) -> None:
            spec = maker.pick(row, *kinds)
            if spec is not None:
                row[spec.code] = change(maker, row[spec.code] or "", spec)

        return mess

    return wrap


def _at(role: FieldRole) -> Callable[[Callable[[RowMaker, str | None], str | None]], Mess]:
    def wrap(change: Callable[[RowMaker, str | None], str | None]) -> Mess:
        def mess(maker: RowMaker, row: Cells) -> None:
            code = maker.of(role)
            if code is not None:
                row[code] = change(maker, row[code])

        return mess

    return wrap


@_on(*ANY)
def blanks(maker: RowMaker, cell: str, spec: FieldSpec) -> str:
    return maker.rng.choice(("", " ", "\u3000", "\t")) + cell + maker.rng.choice((" ", "\u3000", "\xa0", "\r"))


@_on(FieldType.DATE, FieldType.DECIMAL, FieldType.CODE)
def full_width(maker: RowMaker, cell: str, spec: FieldSpec) -> str:
    return cell.translate(_FULL_WIDTH)


@_on(FieldType.DATE)
def other_form(maker: RowMaker, cell: str, spec: FieldSpec) -> str:
    try:
        return maker.rng.choice(_DATE_FORMS)(date.fromisoformat(cell.strip()))
    except ValueError:
        return cell


@_on(FieldType.DATE)
def other_day(maker: RowMaker, cell: str, spec: FieldSpec) -> str:
    return (maker.today + timedelta(days=maker.rng.randrange(-12000, 500))).isoformat()


@_on(FieldType.DATE)
def broken_day(maker: RowMaker, cell: str, spec: FieldSpec) -> str:
    return maker.rng.choice(("2026-02-30", "46083", "3/2/2026", "二〇二六年三月", "0026-03-02", f"{cell} 00:00:00"))


@_on(*ANY)
def cleared(maker: RowMaker, cell: str, spec: FieldSpec) -> str | None:
    return maker.rng.choice((None, "", "  ", "NULL", "/", "无", "\u200b"))


@_on(FieldType.TEXT)
def too_long(maker: RowMaker, cell: str, spec: FieldSpec) -> str:
    return (cell or "长") * ((spec.length or 10) // max(len(cell), 1) + 1)


@_on(FieldType.TEXT)
def odd_characters(maker: RowMaker, cell: str, spec: FieldSpec) -> str:
    return cell[:3] + maker.rng.choice(('"', "\\", "\n", "\t", "\x01", "\ufffd", "𠮷", "\u2028")) + cell[3:]


@_on(FieldType.CODE)
def other_code(maker: RowMaker, cell: str, spec: FieldSpec) -> str:
    spellings = [word for code in spec.codes for word in (code.value, code.zh, code.en, *code.aliases)]
    return maker.rng.choice([*spellings, "不知道", "1", "01 "])


@_on(FieldType.DECIMAL)
def other_figure(maker: RowMaker, cell: str, spec: FieldSpec) -> str:
    return maker.rng.choice(
        (cell + "000", "0" + cell, "3,000", "-1", "1e3", "0.1234567", "9" * 15, cell + "万元", ".5")
    )


@_at(FieldRole.DOCUMENT_NUMBER)
def wrong_check_digit(maker: RowMaker, cell: str | None) -> str | None:
    return cell and cell[:-1] + maker.rng.choice("0123456789X")


@_at(FieldRole.DOCUMENT_NUMBER)
def odd_number(maker: RowMaker, cell: str | None) -> str | None:
    changed = (
        lambda text: text.lower(),
        lambda text: " ".join((text[:6], text[6:14], text[14:])),
        lambda text: text.translate(_FULL_WIDTH),
        lambda text: text[:6] + "********" + text[14:],
        lambda text: text[:15],
        lambda text: "1.10101E+17",
        lambda text: text[:-1],
        lambda text: "99" + text[2:],
        lambda text: text[:10] + "1399" + text[14:],
    )
    return cell and maker.rng.choice(changed)(cell)


def other_document(maker: RowMaker, row: Cells) -> None:
    """A passport, a permit or a card, mostly with the birth date that its number does not hold."""
    kind, number, birth = (
        maker.of(FieldRole.DOCUMENT_KIND),
        maker.of(FieldRole.DOCUMENT_NUMBER),
        maker.of(FieldRole.BIRTH_DATE),
    )
    if kind is None or number is None:
        return
    rng, born = maker.rng, date(maker.rng.randrange(1950, 2012), 5, 17)
    row[kind], row[number] = rng.choice(
        (
            ("02", practice_passport(rng)),
            ("03", practice_permit(rng, DocumentKind.HK_MACAU_PERMIT)),
            ("04", practice_permit(rng, DocumentKind.TAIWAN_PERMIT)),
            ("05", practice_residence_card(rng, born)),
        )
    )
    if birth is not None and rng.random() < 0.8:
        row[birth] = born.isoformat()


def a_minor(maker: RowMaker, row: Cells) -> None:
    """A number of somebody born not long ago."""
    number = maker.of(FieldRole.DOCUMENT_NUMBER)
    if number is not None:
        row[number] = practice_number(maker.rng, maker.today - timedelta(days=maker.rng.randrange(5000, 10000)))


@_at(FieldRole.PERSON_NAME)
def odd_name(maker: RowMaker, cell: str | None) -> str:
    return maker.rng.choice(
        ("张*", "李某", "阿依古丽•买买提", "ＪＯＨＮ  Smith", "123", "欧 阳娜", "王\u200b芳", "暂无", "𠮷田")
    )


@_at(FieldRole.ACT_ON)
def no_act_date(maker: RowMaker, cell: str | None) -> None:
    return None


@_at(FieldRole.LEGAL_BASIS)
def other_law(maker: RowMaker, cell: str | None) -> str:
    return maker.rng.choice(
        (
            "《云川市某管理办法》第三条",
            "依据有关规定",
            "《中华人民共和国环境影响评价法》第二十条",
            "《中华人民共和国治安管理处罚法》第二十三条",
            "《中华人民共和国生态环境法典》第一百条",
        )
    )


@_on(FieldType.TEXT)
def forbidden_words(maker: RowMaker, cell: str, spec: FieldSpec) -> str:
    return cell + maker.rng.choice(
        ("其患有糖尿病", "系少数民族", "与妻子共同经营", "his Wife", "医疗保障基金", "精神卫生法", "FAMıLY")
    )


@_at(FieldRole.SOURCE_CODE)
def other_source(maker: RowMaker, cell: str | None) -> str:
    return maker.rng.choice((practice_org_code(maker.rng), "123", (cell or "").lower(), "91350100M000100Y43"))


@_at(FieldRole.DECIDER_CODE)
def other_decider(maker: RowMaker, cell: str | None) -> str:
    return maker.rng.choice((practice_org_code(maker.rng), "91350100M000100Y44", "91350100M000100Y43", "1.1E+17"))


@_at(FieldRole.REMARK_REFUSED)
def remark(maker: RowMaker, cell: str | None) -> str:
    return maker.rng.choice(("已复核", "无", "-", "  "))


@_at(FieldRole.COMPUTED_IGNORED)
def display_end(maker: RowMaker, cell: str | None) -> str:
    return maker.rng.choice(("2099-12-31", "长期", "2026/9/1", "46083"))


@_at(FieldRole.BIRTH_DATE)
def birth_date(maker: RowMaker, cell: str | None) -> str:
    return maker.rng.choice(("1980-01-01", "2999-01-01", "19800101", "1980-13-01"))


@_at(FieldRole.DECISION_NUMBER)
def odd_decision_number(maker: RowMaker, cell: str | None) -> str | None:
    text = cell or ""
    return maker.rng.choice(
        (text.replace("〔", "[").replace("〕", "］"), text.translate(_FULL_WIDTH), "1.2E+15", " " + text)
    )


@_at(FieldRole.ACT_CLASS)
def no_class(maker: RowMaker, cell: str | None) -> None:
    return None


def slipped(maker: RowMaker, row: Cells) -> None:
    """One cell too many."""
    row["_extra"] = maker.rng.choice(("1", " ", "云川市"))


MESSES: tuple[Mess, ...] = (
    *(
        blanks,
        full_width,
        other_form,
        other_day,
        broken_day,
        cleared,
        too_long,
        odd_characters,
        other_code,
        other_figure,
    ),
    *(wrong_check_digit, odd_number, other_document, a_minor, odd_name, no_act_date, other_law, forbidden_words),
    *(other_source, other_decider, remark, display_end, birth_date, odd_decision_number, no_class, slipped),
)
