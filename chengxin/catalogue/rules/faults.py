"""Every sentence that `chengxin catalogue check` can say, in both languages; codes are stable."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from chengxin.catalogue.terms import Fault

SENTENCES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "not_yaml": ("不是有效的 YAML：{what}", "This is not valid YAML: {what}"),
        "not_a_file": ("无法读取文件：{what}", "The file cannot be read: {what}"),
        "empty_file": ("文件没有内容。", "The file holds nothing."),
        "wrong_shape": ("“{key}”应当是{zh_shape}。", "`{key}` should be {shape}."),
        "missing_key": ("缺少“{key}”。", "`{key}` is missing."),
        "unknown_key": ("不认识的键“{key}”。", "`{key}` is not a key known here."),
        "double_key": ("“{key}”出现了两次。", "`{key}` stands here twice."),
        "bad_value": (
            "“{key}”的值“{value}”不对，可用：{allowed}。",
            "`{key}` cannot be `{value}`; it may be: {allowed}.",
        ),
        "bad_date": (
            "“{key}”的日期“{value}”不对，应写作 2026-04-01。",
            "`{key}`: `{value}` is not a date like 2026-04-01.",
        ),
        "bad_number": ("“{key}”的数字“{value}”不对。", "`{key}`: `{value}` is not a whole number in range."),
        "bad_period": (
            "“{key}”的期限“{value}”不对，应写作 3m 或 1y。",
            "`{key}`: `{value}` is not a period like 3m or 1y.",
        ),
        "bad_code": ("编码“{value}”不符合格式 {pattern}。", "The code `{value}` does not have the form {pattern}."),
        "unknown_name": ("没有名为“{value}”的{zh_kind}。", "There is no {kind} named `{value}`."),
        "double_code": ("编码“{value}”重复。", "The code `{value}` is used twice."),
        "element_unknown": (
            "字典中没有数据元“{value}”。不采集的内容没有数据元。",
            "The dictionary has no element `{value}`. What is never collected has none.",
        ),
        "element_disagrees": (
            "字段 {field} 的{zh_what}与数据元“{element}”不一致。",
            "The {what} of field {field} disagrees with element `{element}`.",
        ),
        "forbidden": (
            "“{value}”触及不得采集的内容：{clause_zh}（{law}）",
            "`{value}` names what is never collected: {clause_en} ({law})",
        ),
        "role_missing": ("目录项 {item} 缺少作用为 {role} 的字段。", "Item {item} has no field with the role {role}."),
        "role_twice": ("目录项 {item} 有两个字段作用为 {role}。", "Item {item} has two fields with the role {role}."),
        "role_optional": ("字段 {field} 须为必填。", "Field {field} has to be required always."),
        "length_missing": ("字段 {field} 没有长度。", "Field {field} states no length."),
        "length_over": ("字段 {field} 的长度超过 {most}。", "Field {field} is longer than {most}."),
        "codes_missing": ("代码字段 {field} 没有代码表。", "Code field {field} has no code list."),
        "codes_not_expected": (
            "字段 {field} 不是代码，不能有代码表。",
            "Field {field} is not a code and cannot have a code list.",
        ),
        "spelling_twice": (
            "字段 {field} 的代码表中“{value}”有两个含义。",
            "In the codes of field {field} `{value}` has two meanings.",
        ),
        "condition_wrong": (
            "字段 {field} 的必填条件不成立：{other} 不是含这些值的代码字段。",
            "The condition of field {field} cannot hold: {other} is not a code field with these values.",
        ),
        "ours_prefix": (
            "自设字段以 CX_ 开头，国家模板字段不得以此开头：{field}。",
            "Columns of ours, and only they, begin with CX_: {field}.",
        ),
        "key_field_unknown": (
            "唯一标识中的字段 {field} 不存在。",
            "The natural key names {field}, which is not a field.",
        ),
        "class_wrong": (
            "目录项 {item} 的等级与性质不符：失信信息须有等级，其他信息不得有等级。",
            "Item {item}: adverse items have a class, others have none.",
        ),
        "display_missing": (
            "目录项 {item} 没有等级 {cls} 的展示期限。",
            "Item {item} has no display period for class {cls}.",
        ),
        "display_surplus": (
            "目录项 {item} 不会有等级 {cls}，不能有其展示期限。",
            "Item {item} never has class {cls}: it can have no period.",
        ),
        "display_endless": (
            "目录项 {item} 等级 {cls} 的展示没有终点。",
            "The display of item {item}, class {cls}, has no end.",
        ),
        "display_over_ceiling": (
            "目录项 {item} 等级 {cls} 的最长展示期超过 {most} 个月。",
            "Item {item}, class {cls}: the longest display is over {most} months.",
        ),
        "display_reversed": (
            "目录项 {item} 等级 {cls} 的最短期限长于最长期限。",
            "Item {item}, class {cls}: shortest display over the longest.",
        ),
        "retention_over": (
            "目录项 {item} 的展示加保存超过 {most} 个月。",
            "Item {item}: display and retention together are over {most} months.",
        ),
        "age_too_low": (
            "失信目录项 {item} 的最低年龄不得低于 18。",
            "Adverse item {item}: the minimum age cannot be under 18.",
        ),
        "age_rule_wrong": (
            "目录项 {item}：只有法院报送的名单可以按列入时的年龄判断。",
            "Item {item}: only lists that courts hand in may look at the age at listing.",
        ),
        "nature_wrong": (
            "目录项 {item}：字段 {field} 记录处罚、违法、名单或执行，这样的目录项只能是失信信息。",
            "Item {item}: field {field} tells of a penalty, an offence, a list or enforcement: the item is adverse or nothing.",
        ),
        "document_needed": ("失信目录项 {item} 须有生效文书。", "Adverse item {item} needs an effective document."),
        "basis_missing": ("目录项 {item} 没有法律依据。", "Item {item} rests on no law."),
        "basis_unknown": (
            "法律依据表中没有《{law}》第{article}条。",
            "The table of laws does not know {law}, article {article}.",
        ),
        "basis_refused": ("《{law}》不能作为目录依据：{clause_zh}", "{law} cannot carry an item: {clause_en}"),
        "basis_not_local": (
            "城市目录项 {item} 只能以本目录列明的地方性法规为依据。",
            "City item {item} may rest only on a local regulation that this edition names.",
        ),
        "publication_not_ordered": (
            "目录项 {item}：没有条文命令公布，《{law}》第{article}条不在允许公布的条文之列。",
            "Item {item}: {law}, article {article} is not a clause that orders publication.",
        ),
        "sharing_without_law": (
            "目录项 {item}：依法共享须写明接收单位和条文，不共享则不得写。",
            "Item {item}: sharing by law names recipient and article; other sharing names none.",
        ),
        "good_without_choice": (
            "目录项 {item}：荣誉类信息须可由本人选择不展示。",
            "Item {item}: its person must be able to decline a good item.",
        ),
        "claim_source_unknown": ("来源“{value}”没有列出。", "The source `{value}` is not listed."),
        "level_wrong": ("{zh_level}目录不能有“{key}”。", "An edition of level {level} cannot have `{key}`."),
        "dates_reversed": ("终止日期早于起始日期。", "The end lies before the beginning."),
        "slot_unknown": ("国家目录没有开放位置“{value}”。", "The national edition opens no slot `{value}`."),
        "slot_exceeded": (
            "目录项 {item} 超出位置 {slot} 的上限：{attribute}。",
            "Item {item} goes over slot {slot}: {attribute}.",
        ),
        "slot_full": ("位置 {slot} 最多 {most} 项。", "Slot {slot} takes {most} items at most."),
        "regulation_unapproved": (
            "《{law}》的批准日期、批准机关或施行日期不合：制定在先，批准在后，施行不早于批准。",
            "{law}: enacted first, approved after, in force no earlier than approved; one of these does not hold.",
        ),
        "narrows_unknown": (
            "国家目录没有目录项“{value}”，不能收窄。",
            "There is no national item `{value}` to narrow.",
        ),
        "widened": (
            "目录项 {item} 的“{attribute}”宽于上级目录。",
            "Item {item} is wider than the edition above it: {attribute}.",
        ),
        "purpose_refused": (
            "用途 {purpose}：“{value}”是任何人都不得据以查询的用途或内容。",
            "Purpose {purpose}: `{value}` is a use or a matter for which nobody may look.",
        ),
        "purpose_for_nobody": ("用途 {purpose} 没有可以查询的单位。", "Purpose {purpose} is for nobody."),
        "purpose_of_nothing": ("用途 {purpose} 没有目录项。", "Purpose {purpose} names no item."),
        "purpose_over_sharing": (
            "用途 {purpose}：目录项 {item} 不允许这样共享。依法查询须是该目录项列明的条文，凭同意查询须是可凭同意共享的目录项。",
            "Purpose {purpose}: item {item} is not shared this way. By law it takes the article of its own grant, by consent an"
            " item that may be shared on consent.",
        ),
        "purpose_tells_identity": (
            "用途 {purpose}：字段 {field} 标识本人，只能由查询方提供，不能答复。",
            "Purpose {purpose}: field {field} identifies the person; the asker gives it, it is never answered.",
        ),
        "purpose_check_whole": (
            "用途 {purpose}：核验须有问题和判断规则，且列入可用操作；不核验则都不写。",
            "Purpose {purpose}: a check takes a question, a rule and the operation, or none of the three.",
        ),
        "purpose_consent_alone": (
            "用途 {purpose}：凭同意的用途没有案件，也没有紧急查询。",
            "Purpose {purpose}: what rests on consent knows no case and no emergency.",
        ),
        "purpose_no_emergency": (
            "用途 {purpose}：紧急查询须以应急法律为依据，且不得批量。",
            "Purpose {purpose}: an emergency rests on an emergency law and knows no batch.",
        ),
        "purpose_unknown": ("国家目录没有用途“{value}”。", "There is no national purpose `{value}`."),
        "purpose_not_local": (
            "城市用途 {purpose} 只能凭本人同意。",
            "Purpose {purpose} of a city can rest on the person's consent alone.",
        ),
        "seal_for_nobody": ("暂缓告知的依据 {seal} 没有可以申请的单位。", "Law of silence {seal} is for nobody."),
        "seal_without_law": (
            "暂缓告知的依据 {seal} 须是法律、行政法规的规定，不能是本平台自定的规则。",
            "Law of silence {seal}: a law orders silence, never a rule of this platform.",
        ),
        "upper_missing": (
            "没有一并给出上级目录“{value}”，无法核对收窄。",
            "The edition above, `{value}`, was not given: nothing can be compared.",
        ),
    }
)


def fault(file: str, line: int, code: str, clause: str | None = None, **data: object) -> Fault:
    """A fault with its two sentences. Raises KeyError for a code without sentence or a sentence that lacks data."""
    zh, en = SENTENCES[code]
    return Fault(file, line, code, zh.format(**data), en.format(**data), clause)
