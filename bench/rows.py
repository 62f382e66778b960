"""Rows of any item, seeded: right ones, and ones with the mess of real files. People and offices in them are invented."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from bench.messes import MESSES
from chengxin.catalogue.terms import FieldRole, FieldSpec, FieldType, Item, RequiredKind
from chengxin.kernel.practice import practice_number, practice_org_code

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
        self.rng = random.Random(self.seed)

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
        # a minor penalty is kept for 15 months in all; what is past that is sent back
        decided = self.today - timedelta(days=rng.randrange(1, 400))
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
