"""The closed dictionary of elements: everything that a field of the catalogue can mean.

Every field of every item cites one of these, so what is never collected (charter 2) cannot be named: it has no
element. There is none for religion, ethnicity, politics, petitions, genes, biometrics, blood, illness, sexual life,
movements, communications, contacts, browsing, purchases, social media, income, savings, family, household, age or sex.
Adding one is a change of code, reviewed as such. A role given here is the only one a field citing the element may have.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from chengxin.catalogue.terms.fields import Element
from chengxin.catalogue.terms.words import FieldRole, FieldType

TEXT, DATE, DECIMAL, INTEGER, CODE = (
    FieldType.TEXT,
    FieldType.DATE,
    FieldType.DECIMAL,
    FieldType.INTEGER,
    FieldType.CODE,
)


def _element(
    code: str, kind: FieldType, zh: str, en: str, *roles: FieldRole, personal: bool = False, sensitive: bool = False
) -> Element:
    return Element(code, kind, zh, en, personal, sensitive, frozenset(roles))


_PERSON = (
    _element("person.name", TEXT, "姓名", "name", FieldRole.PERSON_NAME, personal=True),
    _element("person.document_kind", CODE, "证件类型", "kind of document", FieldRole.DOCUMENT_KIND, personal=True),
    _element(
        "person.document_number",
        TEXT,
        "证件号码",
        "document number",
        FieldRole.DOCUMENT_NUMBER,
        personal=True,
        sensitive=True,
    ),
    _element("person.birth_date", DATE, "出生日期", "date of birth", FieldRole.BIRTH_DATE, personal=True),
    _element("person.party_kind", CODE, "行政相对人类别", "kind of party"),
    _element("person.capacity", CODE, "在单位中的身份", "capacity in the organisation", personal=True),
)

_DECISION = (
    _element("decision.title", TEXT, "文书名称", "title of the document"),
    _element("decision.number", TEXT, "文书号", "number of the document", FieldRole.DECISION_NUMBER, personal=True),
    _element("decision.decided_on", DATE, "决定日期", "date of the decision", FieldRole.DECIDED_ON),
    _element("decision.act_on", DATE, "行为日期", "date of the act (end of a continuing one)", FieldRole.ACT_ON),
    _element("decision.final_on", DATE, "生效确定日期", "date it became final", FieldRole.FINAL_ON),
    _element("decision.served_on", DATE, "送达日期", "date of service", FieldRole.SERVED_ON),
    _element("decision.service_method", CODE, "送达方式", "way of service", FieldRole.SERVICE_METHOD),
    _element("decision.service_receipt", TEXT, "送达回证号", "receipt of service", FieldRole.SERVICE_RECEIPT),
    _element("decision.act_class", CODE, "行为等级", "class of the act", FieldRole.ACT_CLASS),
    _element("decision.class_basis", TEXT, "等级认定依据", "basis of the class", FieldRole.CLASS_BASIS),
    _element("decision.procedure", CODE, "办理程序", "procedure", FieldRole.PROCEDURE),
    _element("decision.legal_basis", TEXT, "法律依据", "legal basis", FieldRole.LEGAL_BASIS),
    _element("decision.decider_name", TEXT, "作出机关", "deciding body", FieldRole.DECIDER_NAME),
    _element("decision.decider_code", TEXT, "作出机关代码", "code of the deciding body", FieldRole.DECIDER_CODE),
    _element("decision.state", CODE, "当前状态", "present state"),
    _element("decision.region", TEXT, "作出地", "region of the deciding body"),
    _element("source.name", TEXT, "数据来源单位", "source organisation", FieldRole.SOURCE_NAME),
    _element("source.code", TEXT, "数据来源单位代码", "code of the source organisation", FieldRole.SOURCE_CODE),
    _element("validity.from", DATE, "有效期自", "valid from", FieldRole.VALID_FROM),
    _element("validity.to", DATE, "有效期至", "valid to (last day)", FieldRole.VALID_TO),
    _element("display.end_stated", DATE, "填报的公示截止期", "display end as stated", FieldRole.COMPUTED_IGNORED),
    _element("remark", TEXT, "备注", "remark", FieldRole.REMARK_REFUSED),
)

_ACT = (
    _element("act.kind", TEXT, "违法行为类型", "kind of the act", FieldRole.CONTENT, personal=True),
    _element("act.facts", TEXT, "违法事实", "facts of the act", FieldRole.FREE_TEXT, personal=True),
    _element("penalty.kind", CODE, "处罚类别", "kind of penalty", personal=True),
    _element("penalty.content", TEXT, "处罚内容", "content of the penalty", FieldRole.FREE_TEXT, personal=True),
    _element("penalty.fine", DECIMAL, "罚款金额", "fine", FieldRole.AMOUNT, personal=True),
    _element(
        "penalty.confiscated",
        DECIMAL,
        "没收违法所得、没收非法财物的金额",
        "amount confiscated",
        FieldRole.AMOUNT,
        personal=True,
    ),
    _element("penalty.licence", TEXT, "暂扣或吊销的证照", "licence suspended or revoked", personal=True),
    _element("penalty.lasts_until", DATE, "处罚有效期", "last day of the penalty", personal=True),
    _element("licence.kind", CODE, "许可类别", "kind of licence"),
    _element("licence.certificate", TEXT, "许可证书名称", "certificate"),
    _element("licence.number", TEXT, "许可编号", "licence number", personal=True),
    _element("licence.content", TEXT, "许可内容", "content of the licence", FieldRole.FREE_TEXT, personal=True),
    _element("trader.name", TEXT, "字号名称", "trading name", personal=True),
    _element("trader.code", TEXT, "字号统一社会信用代码", "unified code of the trader", personal=True),
    _element("trader.scope", TEXT, "经营范围", "scope of business", FieldRole.FREE_TEXT),
)

_LIST = (
    _element("list.name", TEXT, "名单名称", "name of the list"),
    _element("list.facts", TEXT, "列入事由", "reason for listing", FieldRole.FREE_TEXT, personal=True),
    _element("list.organisation_name", TEXT, "所涉单位名称", "organisation concerned"),
    _element("list.organisation_code", TEXT, "所涉单位代码", "code of the organisation concerned"),
    _element("court.instrument_number", TEXT, "执行依据文号", "number of the instrument enforced", personal=True),
    _element("court.instrument_maker", TEXT, "作出执行依据单位", "maker of the instrument"),
    _element("court.filed_on", DATE, "立案时间", "date of filing"),
    _element("court.duty", TEXT, "应履行的义务", "duty under the instrument", FieldRole.FREE_TEXT, personal=True),
    _element("court.performance", CODE, "履行情况", "state of performance", personal=True),
    _element("court.performed_part", TEXT, "已履行部分", "part performed", FieldRole.FREE_TEXT, personal=True),
    _element("court.unperformed_part", TEXT, "未履行部分", "part not performed", FieldRole.FREE_TEXT, personal=True),
    _element("court.conduct", CODE, "失信行为具体情形", "conduct found by the court", personal=True),
    _element("court.removal_reason", CODE, "删除事由代码", "reason code of deletion", FieldRole.COURT_REASON),
    _element("court.removed_on", DATE, "删除日期", "date of deletion"),
)

_GOOD = (
    _element("honour.name", TEXT, "荣誉名称", "honour", FieldRole.CONTENT, personal=True),
    _element("honour.reason", TEXT, "表彰事由", "reason for the honour", FieldRole.FREE_TEXT, personal=True),
    _element("volunteer.project", TEXT, "志愿服务项目", "volunteer project", FieldRole.CONTENT, personal=True),
    _element("volunteer.hours", DECIMAL, "志愿服务时长", "hours of service", FieldRole.AMOUNT, personal=True),
    _element("donation.project", TEXT, "捐赠项目", "charity project", FieldRole.CONTENT, personal=True),
    _element("donation.receiver", TEXT, "受赠组织", "receiving organisation"),
)

_OWN = (
    _element("commitment.kind", CODE, "承诺类型", "kind of commitment"),
    _element("commitment.content", TEXT, "承诺内容", "content of the commitment", FieldRole.FREE_TEXT, personal=True),
    _element("commitment.state", CODE, "履行状态", "state of fulfilment", personal=True),
    _element("title.name", TEXT, "职称或职业资格名称", "title or qualification", FieldRole.CONTENT, personal=True),
    _element("title.field", TEXT, "专业", "field of the title"),
    _element("title.number", TEXT, "证书编号", "certificate number", personal=True),
    _element("paper.name", TEXT, "材料名称", "name of the paper", FieldRole.CONTENT, personal=True),
    _element("paper.issuer", TEXT, "出具单位", "issuer of the paper"),
)

ELEMENTS: Mapping[str, Element] = MappingProxyType(
    {element.code: element for element in (*_PERSON, *_DECISION, *_ACT, *_LIST, *_GOOD, *_OWN)}
)
