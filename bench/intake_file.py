"""The file of the intake benchmark: penalties over fewer persons, seeded, written once and kept."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bench.rows import RowMaker
from chengxin.catalogue.terms import FieldRole, Item
from chengxin.kernel.practice import practice_number

FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉建国文志春梅红云海燕宁鹏飞雪琳晨宇浩然子涵欣怡佳"


def people(count: int, seed: int = 1) -> list[tuple[str, str]]:
    """So many different numbers and their names, many of them name-sakes."""
    rng = random.Random(seed)
    found: dict[str, str] = {}
    while len(found) < count:
        birth = date(rng.randrange(1950, 2000), rng.randrange(1, 13), rng.randrange(1, 29))
        name = rng.choice(FAMILY) + "".join(rng.choices(GIVEN, k=rng.choice((1, 2, 2))))
        found.setdefault(practice_number(rng, birth), name)
    return list(found.items())


def write(
    path: Path, item: Item, supplier: str, today: date, who: list[tuple[str, str]], rows: int, prefix: str, seed: int
) -> None:
    """``rows`` right rows of the item about these persons, each chosen at random; each person once where they are as many."""
    name, number = item.by_role[FieldRole.PERSON_NAME].code, item.by_role[FieldRole.DOCUMENT_NUMBER].code
    decision = item.by_role[FieldRole.DECISION_NUMBER].code
    rng = random.Random(seed)
    chosen: Iterator[tuple[str, str]] = iter(who) if rows == len(who) else (rng.choice(who) for _ in range(rows))
    maker = RowMaker(item, supplier, today, seed=seed, mess=0.0)
    draft = path.with_suffix(".draft")
    with draft.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=[spec.code for spec in item.fields])
        writer.writeheader()
        for place, (cells, (document, called)) in enumerate(zip(maker.rows(rows), chosen, strict=True), 1):
            writer.writerow(cells | {name: called, number: document, decision: f"{prefix}{place}号"})
    draft.replace(path)
