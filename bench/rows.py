"""Rows of any item, seeded: right ones, and ones with the mess of real files. People and offices in them are invented."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from chengxin.catalogue.terms import FieldRole, FieldSpec, FieldType, Item, RequiredKind
from chengxin.kernel.documents import DocumentKind
from chengxin.kernel.practice import (
    practice_number,
    practice_org_code,
    practice_passport,
    practice_permit,
    practice_residence_card,
)

Cells = dict[str, str | None]

_FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉建国文志春梅红云海燕宁鹏飞雪琳晨宇浩然子涵欣怡佳"
_PLACES = (
    "云川市东城区人民路",
    "云川市西城区解放街",
    "临江县城关镇",
    "云川市高新区创业大道",
    "青石县南关村",
)
_ACTS = (
    "未取得许可从事经营活动",
    "销售超过保质期的食品",
    "使用不合格计量器具",
    "未按规定明码标价",
    "擅自改变登记事项",
    "未按规定填写经营记录",
    "提供虚假材料取得备案",
    "未落实进货查验制度",
)
_ENDINGS = (
    "经责令改正后逾期未改正。",
    "当场查获涉案物品若干，已登记保存。",
    "案发后主动配合调查，有询问笔录、现场照片为证。",
    "有现场检查笔录、销售票据和本人签字的确认材料为证。",
)
_OFFICES = (
    "云川市市场监督管理局",
    "东城区市场监督管理局",
    "临江县市场监督管理局",
    "云川市文化和旅游局",
    "云川市应急管理局",
)
_LAWS = (
    "《中华人民共和国食品安全法》第一百二十四条第一款",
    "《中华人民共和国消费者权益保护法》第五十六条",
    "《中华人民共和国广告法》第五十五条",
    "《中华人民共和国安全生产法》第九十七条第（七）项",
    "《无证无照经营查处办法》第十三条",
    "《中华人民共和国电子商务法》第八十条",
)
_FULL_WIDTH = str.maketrans({chr(point): chr(point + 0xFEE0) for point in range(0x21, 0x7F)})
_DATE_FORMS: tuple[Callable[[date], str], ...] = (
    lambda day: day.isoformat(),
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.year}.{day.month}.{day.day}",
)


@dataclass
class RowMaker:
    """Makes rows of one item for one supplier. `mess`: the share of rows in which something is odd or wrong."""

    item: Item
    supplier: str
    today: date
    seed: int = 0
    mess: float = 0.3
    rng: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)  # noqa: S311  invented rows, the same each time

    @cached_property
    def offices(self) -> list[tuple[str, str]]:
        """Names and codes of the deciding bodies."""
        return [(name, practice_org_code(self.rng)) for name in _OFFICES]

    def rows(self, count: int) -> Iterator[Cells]:
        """So many rows, field code -> cell."""
        for number in range(count):
            row = self._right(number)
            if self.rng.random() < self.mess:
                for _ in range(self.rng.choice((1, 1, 1, 2, 3))):
                    self.rng.choice(MESSES)(self, row)
            yield row

    def _right(self, number: int) -> Cells:
        rng = self.rng
        decided = self.today - timedelta(days=rng.randrange(1, 900))
        act = decided - timedelta(days=rng.randrange(0, 400))
        served = min(decided + timedelta(days=rng.randrange(0, 8)), self.today)
        birth = date(rng.randrange(1950, 2000), rng.randrange(1, 13), rng.randrange(1, 29))
        office, code = rng.choice(self.offices)
        days = {
            FieldRole.DECIDED_ON: decided,
            FieldRole.ACT_ON: act,
            FieldRole.SERVED_ON: served,
            FieldRole.FINAL_ON: served + timedelta(days=190),
            FieldRole.VALID_FROM: decided,
            FieldRole.VALID_TO: decided + timedelta(days=1500),
        }
        texts = {
            FieldRole.PERSON_NAME: rng.choice(_FAMILY) + "".join(rng.choices(_GIVEN, k=rng.choice((1, 2, 2)))),
            FieldRole.DOCUMENT_NUMBER: practice_number(rng, birth),
            FieldRole.DECISION_NUMBER: f"云市监罚〔{decided.year}〕{number + 1}号",
            FieldRole.LEGAL_BASIS: rng.choice(_LAWS),
            FieldRole.DECIDER_NAME: office,
            FieldRole.DECIDER_CODE: code,
            FieldRole.SOURCE_NAME: "云川市市场监督管理局",
            FieldRole.SOURCE_CODE: self.supplier,
            FieldRole.CLASS_BASIS: "云川市市场监管领域失信行为分类标准第三条",
            FieldRole.SERVICE_RECEIPT: f"云市监送〔{served.year}〕{number + 1}" if rng.random() < 0.9 else None,
            FieldRole.CONTENT: rng.choice(_ACTS),
            FieldRole.FREE_TEXT: f"当事人于{act.year}年{act.month}月{act.day}日在{rng.choice(_PLACES)}{rng.randrange(300)}号"
            f"{rng.choice(_ACTS)}，{rng.choice(_ENDINGS)}",
        }
        row: Cells = {}
        for spec in self.item.fields:
            row[spec.code] = self._cell(spec, days, texts)
        for spec in self.item.fields:
            when = spec.required.when
            if spec.required.kind is RequiredKind.WHEN and when is not None:
                held = set((row[when.field] or "").split(";"))
                if held.isdisjoint(when.values):
                    row[spec.code] = None
        return row

    def _cell(
        self, spec: FieldSpec, days: Mapping[FieldRole, date], texts: Mapping[FieldRole, str | None]
    ) -> str | None:
        rng, role = self.rng, spec.role
        if role is not None and role in days:
            return days[role].isoformat()
        if role is not None and role in texts:
            return texts[role]
        if role in (FieldRole.BIRTH_DATE, FieldRole.REMARK_REFUSED, FieldRole.COMPUTED_IGNORED, FieldRole.COURT_REASON):
            return None
        if role is FieldRole.DOCUMENT_KIND:
            return "01"
        match spec.type:
            case FieldType.CODE:
                taken = [code.value for code in spec.codes if code.refused is None]
                several = spec.many and rng.random() < 0.3
                return ";".join(sorted(set(rng.choices(taken, k=2)), key=taken.index)) if several else rng.choice(taken)
            case FieldType.DECIMAL:
                return f"{rng.randrange(1, 40) * 0.05:.2f}".rstrip("0").rstrip(".")
            case FieldType.INTEGER:
                return str(rng.randrange(1, 99))
            case FieldType.DATE:
                return (self.today + timedelta(days=rng.randrange(30, 900))).isoformat() if spec.is_required else None
            case _:
                return rng.choice(_ACTS)[: spec.length]

    def pick(self, row: Cells, *kinds: FieldType) -> FieldSpec | None:
        """A filled field of one of these types."""
        filled = [spec for spec in self.item.fields if spec.type in kinds and row[spec.code]]
        return self.rng.choice(filled) if filled else None

    def of(self, role: FieldRole) -> str | None:
        """Code of the field with this role."""
        spec = self.item.field_of(role)
        return spec.code if spec else None


ANY = tuple(FieldType)
Mess = Callable[[RowMaker, Cells], None]


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
