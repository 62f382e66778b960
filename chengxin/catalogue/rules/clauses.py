"""What is never collected: one clause for each matter, with the law it rests on (charter 2 and 3)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from chengxin.catalogue.terms import Clause

_PIPL_28 = "个人信息保护法 28"
_CREDIT_14 = "征信业管理条例 14"
_LEAST = "个人信息保护法 6"

_ALL = (
    Clause("religion", "宗教信仰不得采集。", "Religion and belief are never collected.", f"{_CREDIT_14}; {_PIPL_28}"),
    Clause("ethnicity", "民族、种族不得采集。", "Ethnicity and race are never collected.", f"{_PIPL_28}; {_LEAST}"),
    Clause(
        "politics",
        "政治面貌、政治观点不得采集。",
        "Political opinion and party membership are never collected.",
        f"{_PIPL_28}; {_LEAST}",
    ),
    Clause(
        "petitions",
        "信访、投诉、举报、申诉不得采集。",
        "Petitions and complaints a person made are never collected.",
        f"宪法 41; {_LEAST}",
    ),
    Clause("genes", "基因信息不得采集。", "Genetic information is never collected.", f"{_CREDIT_14}; {_PIPL_28}"),
    Clause(
        "biometrics",
        "指纹、人脸、声纹、步态、虹膜等生物识别信息不得采集。",
        "Fingerprints, face, voice, gait and other biometrics are never collected.",
        f"{_CREDIT_14}; {_PIPL_28}",
    ),
    Clause("blood", "血型及献血情况不得采集。", "Blood type and blood donation are never collected.", _CREDIT_14),
    Clause(
        "health",
        "疾病、病史和健康状况不得采集。",
        "Illness, medical history and state of health are never collected.",
        f"{_CREDIT_14}; {_PIPL_28}",
    ),
    Clause("sexual_life", "性生活、性取向不得采集。", "Sexual life is never collected.", f"{_PIPL_28}; 民法典 1032"),
    Clause("movements", "行踪、轨迹、出行不得采集。", "Movements and travel are never collected.", _PIPL_28),
    Clause(
        "communications",
        "通信、通话、短信不得采集。",
        "Communications are never collected.",
        "宪法 40; 民法典 1032",
    ),
    Clause("contacts", "通讯录、人际往来不得采集。", "Contacts of a person are never collected.", "民法典 1034"),
    Clause("browsing", "上网、浏览、搜索记录不得采集。", "Browsing and searches are never collected.", _LEAST),
    Clause("purchases", "消费、购物、支付记录不得采集。", "Purchases and payments are never collected.", _LEAST),
    Clause(
        "social_media",
        "社交媒体言行不得采集。",
        "Conduct in social media is never collected.",
        f"宪法 35; {_LEAST}",
    ),
    Clause(
        "income",
        "收入、存款、有价证券、商业保险、不动产和纳税数额不得采集。",
        "Income, savings, securities, insurance, real estate and tax amounts are never collected.",
        f"{_CREDIT_14}(2)",
    ),
    Clause(
        "family",
        "家庭、婚姻、亲属、户籍不得采集。",
        "Family, marriage, kin and household are never collected.",
        f"{_LEAST}; 国办发〔2020〕49号",
    ),
    Clause(
        "minors",
        "未成年人的行为记录不得采集。",
        "No record of a minor is collected.",
        "个人信息保护法 31; 刑事诉讼法 286; 预防未成年人犯罪法 59",
    ),
    Clause(
        "public_security",
        "治安管理处罚和拘留记录应当封存，不得采集。",
        "Public-security penalties and detentions are sealed and never collected.",
        "治安管理处罚法 136",
    ),
    Clause(
        "criminal_record",
        "犯罪记录不得采集。",
        "Criminal records are never collected.",
        "刑事诉讼法 286; 个人信息保护法 28",
    ),
    Clause(
        "simplified_procedure",
        "简易程序处罚不得采集。",
        "Penalties by simplified procedure are never collected.",
        "行政处罚法 51; 信用修复管理办法",
    ),
    Clause(
        "arrears",
        "没有生效法律文书的水电气、物业、通信欠费不得采集。",
        "Utility, property and telephone arrears without a legal document are never collected.",
        "国办发〔2020〕49号",
    ),
    Clause(
        "score",
        "对个人的评分、等级、排名和预测不得建立。",
        "No score, grade, rank or prediction of a person exists.",
        "个人信息保护法 24; 国办发〔2020〕49号",
    ),
)

CLAUSES: Mapping[str, Clause] = MappingProxyType({clause.code: clause for clause in _ALL})
