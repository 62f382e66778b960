"""Free text of rows: what touches illness, family, religion and the like is met; what lawful cases say is not."""

from __future__ import annotations

import re

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengxin.catalogue.rules.screen import (
    ROW_INNOCENT_PATTERN,
    ROW_MASK,
    ROW_PATTERNS,
    ROW_TRIGGERS,
    forbidden_matter,
)

MET = {
    "当事人因病住院期间未能到场。": "health",
    "当事人患有高血压。": "health",
    "与妻子共同经营小吃店。": "family",
    "当事人离婚后独自经营。": "family",
    "在教堂旁擅自摆摊。": "religion",
    "当事人系基督教徒。": "religion",
    "当事人系回族。": "ethnicity",
    "维吾尔族当事人。": "ethnicity",
    "当事人系中共党员。": "politics",
    "多次越级上访。": "petitions",
    "提取了当事人指纹。": "biometrics",
    "当事人血型为O型。": "blood",
    "曾被行政拘留五日。": "public_security",
    "当事人曾因盗窃服刑。": "criminal_record",
    "现场查获卖淫活动。": "sexual_life",
    "经亲子鉴定。": "genes",
    "The party is a Muslim trader.": "religion",
    "Sold together with his WIFE.": "family",
    "HIV": "health",
}
PASSED = (
    "没收违法所得3000元，处罚款5000元。",
    "销售病死猪肉制品，货值金额2万元。",
    "未按规定填写病历资料，篡改病历。",
    "未取得医师资格从事诊疗活动。",
    "违反《宗教事务条例》以外的规定。",
    "在回族自治县从事无证经营。",
    "于满族乡集市销售不合格商品。",
    "擅自在水族馆内经营。",
    "开展诚信教育和宣传教育。",
    "位于街道教育办公室旁。",
    "其母公司为云川市某某有限公司。",
    "物流产业园区内违规堆放。",
    "不能准确诊断车辆故障。",
    "此前科技公司已整改。",
    "家庭服务业经营者未备案。",
    "向未成年人出售烟草制品。",
    "根据群众举报查实。",
    "聘用幼儿园教师未查验资格。",
    "The archive was not kept; the midwife had no licence.",
    "",
)


@pytest.mark.parametrize(("text", "clause"), MET.items())
def test_matter_is_met(text: str, clause: str) -> None:
    found = forbidden_matter(text)
    assert found is not None
    assert found.code == clause


@pytest.mark.parametrize("text", PASSED)
def test_lawful_description_passes(text: str) -> None:
    assert forbidden_matter(text) is None


def _by_polars(texts: list[str]) -> list[str | None]:
    frame = pl.DataFrame({"text": texts}).with_columns(
        masked=pl.col("text").str.replace_all(ROW_INNOCENT_PATTERN, ROW_MASK)
    )
    answer = pl.lit(None, dtype=pl.String)
    for code, pattern in reversed(ROW_PATTERNS):
        answer = pl.when(pl.col("masked").str.contains(pattern)).then(pl.lit(code)).otherwise(answer)
    return frame.select(answer.alias("clause"))["clause"].to_list()


_pieces = st.sampled_from(
    [*ROW_TRIGGERS, *MET, *PASSED, "《", "》法", "族自治县", "馆", " ", "a", "，", "教育", "Wife", "\n", "公司"]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(_pieces, max_size=5).map("".join) | st.text(max_size=20), min_size=1, max_size=20))
def test_rust_regex_answers_like_the_oracle(texts: list[str]) -> None:
    found = [forbidden_matter(text) for text in texts]
    assert _by_polars(texts) == [clause and clause.code for clause in found]


@settings(max_examples=300, deadline=None)
@given(st.lists(_pieces, max_size=6).map("".join))
def test_every_match_holds_a_trigger(text: str) -> None:
    if forbidden_matter(text) is not None:
        assert any(trigger in text.lower() for trigger in ROW_TRIGGERS)


def test_patterns_use_nothing_that_rust_lacks() -> None:
    for _, pattern in [("", ROW_INNOCENT_PATTERN), *ROW_PATTERNS]:
        assert not re.search(r"\(\?[=!<]|\\[1-9]", pattern)
