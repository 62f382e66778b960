"""The one table of what each role may do. Whatever is not here, nobody may do."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from chengxin.offices.terms.roles import Role, Words


class Permission(StrEnum):
    """One thing an official may be allowed to do.

    No permission reads a person's file. `LOOK_UP` lets an inquirer put a question about one person; purpose, ground and
    open case decide what of it is answered, and the person sees that it was (charter 5).
    """

    SEND_FILE = "send_file"
    REPORT_NOTHING = "report_nothing"
    SEE_BATCHES = "see_batches"
    READ_FILES = "read_files"
    WITHDRAW_ROW = "withdraw_row"
    SEE_SUPPLY = "see_supply"
    ASK_RECALL = "ask_recall"
    APPROVE_RECALL = "approve_recall"
    SEE_QUARANTINE = "see_quarantine"
    DECIDE_QUARANTINE = "decide_quarantine"
    BIND_ACCOUNT = "bind_account"
    PRINT_LETTERS = "print_letters"
    TAKE_IN_CASE = "take_in_case"
    SEE_REMEDIES = "see_remedies"
    WORK_CASES = "work_cases"
    ANSWER_CASES = "answer_cases"
    LEAD_CASES = "lead_cases"
    SEE_EDITIONS = "see_editions"
    PROPOSE_EDITION = "propose_edition"
    APPROVE_EDITION = "approve_edition"
    CONFIRM_SOURCE = "confirm_source"
    ASK_ERASURE = "ask_erasure"
    APPROVE_ERASURE = "approve_erasure"
    SEE_HEALTH = "see_health"
    SEE_WORK = "see_work"
    MEND_WORK = "mend_work"
    KEEP_ORGANISATIONS = "keep_organisations"
    SEE_OFFICIALS = "see_officials"
    APPOINT_OFFICIAL = "appoint_official"
    DISMISS_OFFICIAL = "dismiss_official"
    GRANT_MANDATE = "grant_mandate"
    APPROVE_MANDATE = "approve_mandate"
    SUSPEND_MANDATE = "suspend_mandate"
    RESUME_MANDATE = "resume_mandate"
    REAPPROVE_MANDATE = "reapprove_mandate"
    END_MANDATE = "end_mandate"
    SEE_PERMISSIONS = "see_permissions"
    READ_JOURNAL = "read_journal"
    OPEN_CASE = "open_case"
    SEE_CASES = "see_cases"
    LOOK_UP = "look_up"
    ASK_SEAL = "ask_seal"
    REVIEW_LOOKS = "review_looks"
    APPROVE_SEAL = "approve_seal"
    SUSPEND_ACCESS = "suspend_access"
    LIFT_SUSPENSION = "lift_suspension"
    ANSWER_SUSPENSION = "answer_suspension"
    RECORD_TRAINING = "record_training"
    SEE_CLIENTS = "see_clients"
    KEEP_CLIENTS = "keep_clients"
    APPROVE_CLIENT = "approve_client"


def _only(*roles: Role) -> frozenset[Role]:
    return frozenset(roles)


PERMISSIONS: Mapping[Permission, frozenset[Role]] = MappingProxyType(
    {
        Permission.SEND_FILE: _only(Role.CLERK),
        Permission.REPORT_NOTHING: _only(Role.CLERK),
        Permission.SEE_BATCHES: _only(Role.CLERK, Role.SUPERVISOR_CLERK, Role.RECALL_OFFICER),
        Permission.READ_FILES: _only(Role.CLERK),
        Permission.WITHDRAW_ROW: _only(Role.CLERK),
        Permission.SEE_SUPPLY: _only(Role.CLERK, Role.SUPERVISOR_CLERK, Role.OFFICE_HEAD, Role.AUDITOR),
        Permission.ASK_RECALL: _only(Role.CLERK, Role.RECALL_OFFICER),
        Permission.APPROVE_RECALL: _only(Role.SUPERVISOR_CLERK, Role.RECALL_OFFICER),
        Permission.SEE_QUARANTINE: _only(Role.IDENTITY_OFFICER),
        Permission.DECIDE_QUARANTINE: _only(Role.IDENTITY_OFFICER),
        Permission.BIND_ACCOUNT: _only(Role.IDENTITY_OFFICER),
        Permission.PRINT_LETTERS: _only(Role.CASE_OFFICER),
        Permission.TAKE_IN_CASE: _only(
            Role.CASE_OFFICER, Role.IDENTITY_OFFICER, Role.CLERK, Role.SUPERVISOR_CLERK, Role.INQUIRER
        ),
        Permission.SEE_REMEDIES: _only(Role.CASE_OFFICER, Role.SUPERVISOR_CLERK, Role.OFFICE_HEAD),
        Permission.WORK_CASES: _only(Role.CASE_OFFICER),
        Permission.ANSWER_CASES: _only(Role.SUPERVISOR_CLERK),
        Permission.LEAD_CASES: _only(Role.OFFICE_HEAD),
        Permission.SEE_EDITIONS: _only(Role.CATALOGUE_KEEPER, Role.CATALOGUE_APPROVER, Role.AUDITOR),
        Permission.PROPOSE_EDITION: _only(Role.CATALOGUE_KEEPER),
        Permission.APPROVE_EDITION: _only(Role.CATALOGUE_APPROVER),
        Permission.CONFIRM_SOURCE: _only(Role.CATALOGUE_APPROVER),
        Permission.ASK_ERASURE: _only(Role.ERASURE_OFFICER),
        Permission.APPROVE_ERASURE: _only(Role.ERASURE_OFFICER),
        Permission.SEE_HEALTH: _only(Role.OPERATOR),
        Permission.SEE_WORK: _only(Role.OPERATOR),
        Permission.MEND_WORK: _only(Role.OPERATOR),
        Permission.KEEP_ORGANISATIONS: _only(Role.OFFICE_HEAD),
        Permission.SEE_OFFICIALS: _only(Role.OFFICE_HEAD, Role.AUDITOR),
        Permission.APPOINT_OFFICIAL: _only(Role.OFFICE_HEAD),
        Permission.DISMISS_OFFICIAL: _only(Role.OFFICE_HEAD),
        Permission.GRANT_MANDATE: _only(Role.OFFICE_HEAD),
        Permission.APPROVE_MANDATE: _only(Role.OFFICE_HEAD),
        Permission.SUSPEND_MANDATE: _only(Role.OFFICE_HEAD),
        Permission.RESUME_MANDATE: _only(Role.OFFICE_HEAD),
        Permission.REAPPROVE_MANDATE: _only(Role.OFFICE_HEAD),
        Permission.END_MANDATE: _only(Role.OFFICE_HEAD),
        Permission.SEE_PERMISSIONS: frozenset(Role),
        Permission.READ_JOURNAL: _only(Role.AUDITOR),
        Permission.OPEN_CASE: _only(Role.INQUIRER),
        Permission.SEE_CASES: _only(Role.INQUIRER),
        Permission.LOOK_UP: _only(Role.INQUIRER),
        Permission.ASK_SEAL: _only(Role.INQUIRER),
        Permission.REVIEW_LOOKS: _only(Role.ACCESS_SUPERVISOR),
        Permission.APPROVE_SEAL: _only(Role.ACCESS_SUPERVISOR),
        Permission.SUSPEND_ACCESS: _only(Role.ACCESS_SUPERVISOR),
        Permission.LIFT_SUSPENSION: _only(Role.ACCESS_SUPERVISOR),
        Permission.ANSWER_SUSPENSION: _only(Role.OFFICE_HEAD, Role.INQUIRER),
        Permission.RECORD_TRAINING: _only(Role.OFFICE_HEAD),
        Permission.SEE_CLIENTS: _only(Role.OFFICE_HEAD, Role.AUDITOR),
        Permission.KEEP_CLIENTS: _only(Role.OFFICE_HEAD),
        Permission.APPROVE_CLIENT: _only(Role.OFFICE_HEAD),
    }
)
"""Permission -> the roles that have it. A role's reach (`SCOPES`) and a second person, where asked, come on top."""

OF_SUPPLYING_CLIENTS: frozenset[Permission] = frozenset(
    {Permission.SEND_FILE, Permission.REPORT_NOTHING, Permission.SEE_BATCHES, Permission.READ_FILES}
)
"""What an organisation's own software may do that is registered for supplying: what its clerk does with files."""

KEPT_WHEN_SUSPENDED: frozenset[Permission] = frozenset(
    {Permission.ANSWER_SUSPENSION, Permission.SEE_PERMISSIONS, Permission.TAKE_IN_CASE}
)
"""What an inquirer may still do while their access, or that of their organisation, is suspended: answer to it, and turn away
nobody who comes to the counter with an objection."""

PERMISSION_WORDS: Mapping[Permission, Words] = MappingProxyType(
    {
        Permission.SEND_FILE: Words(
            "为本单位报送文件或单行记录。", "Send a file or a single row for the own organisation."
        ),
        Permission.REPORT_NOTHING: Words(
            "报告本期没有可报送的记录。", "Report that there is nothing to supply this period."
        ),
        Permission.SEE_BATCHES: Words(
            "查看批次的进度、行数和退回原因，不含个人信息。",
            "See the progress, counts and reasons of batches, without personal data.",
        ),
        Permission.READ_FILES: Words(
            "下载本单位报送的文件及其答复，直至其销毁。",
            "Download the own organisation's files and answers until they are destroyed.",
        ),
        Permission.WITHDRAW_ROW: Words(
            "说明理由后撤回本单位的一行记录。", "Withdraw one row of the own organisation, with a reason."
        ),
        Permission.SEE_SUPPLY: Words(
            "查看报送单位的应报、已报、迟报和退回数量。",
            "See what a supplier owes, has sent, sent late and had refused, in counts.",
        ),
        Permission.ASK_RECALL: Words("说明理由后申请召回一个批次。", "Ask for the recall of a batch, with a reason."),
        Permission.APPROVE_RECALL: Words(
            "同意由另一人申请的召回。", "Agree to a recall that another person asked for."
        ),
        Permission.SEE_QUARANTINE: Words(
            "说明理由后打开一行身份存疑的记录，每次打开都会留痕。",
            "Open a row whose identity is in doubt, with a reason; each opening is logged.",
        ),
        Permission.DECIDE_QUARANTINE: Words(
            "决定身份存疑的行是接受还是退回。",
            "Decide whether a row whose identity is in doubt is accepted or returned.",
        ),
        Permission.BIND_ACCOUNT: Words(
            "在窗口核对证件后，给本人一次性绑定码。",
            "Hand a person a one-time binding code at the counter after seeing the document.",
        ),
        Permission.PRINT_LETTERS: Words(
            "为纸质通知登记交寄、签收和退回的日期，不打开他人档案。",
            "Note the days on which letters were posted, received or came back, without opening a file.",
        ),
        Permission.TAKE_IN_CASE: Words(
            "在窗口、电话或书面代收一个人的异议、修复或投诉，当场给回执。",
            "Take in a person's objection, repair or complaint at a counter, by telephone or on paper, with a receipt.",
        ),
        Permission.SEE_REMEDIES: Words(
            "查看本单位办理、答复或督办的异议、修复和投诉及其期限，打开一件都留痕。",
            "See the objections, repairs and complaints that the office handles, answers or leads, and their dates.",
        ),
        Permission.WORK_CASES: Words(
            "依期办理异议、修复和投诉；打开所涉记录和材料每次都留痕，本人看得到。",
            "Handle objections, repairs and complaints in time; what is opened for it is logged, and the person sees it.",
        ),
        Permission.ANSWER_CASES: Words(
            "代表报送单位答复对本单位记录的异议，答复前须打开每份材料。",
            "Answer for the source about an entry it supplied, after opening each paper.",
        ),
        Permission.LEAD_CASES: Words(
            "批准延期一次，查看逾期和办理情况。", "Grant the one extension a law allows, and see what is late."
        ),
        Permission.SEE_EDITIONS: Words(
            "查看目录的各个版本、差异和批准情况。",
            "See the editions of the catalogue, their differences and how they were decided.",
        ),
        Permission.PROPOSE_EDITION: Words("提出目录新版本。", "Propose a new edition of the catalogue."),
        Permission.APPROVE_EDITION: Words(
            "批准由另一人提出的目录版本，须两人批准。",
            "Approve an edition that another person proposed; it takes two approvers.",
        ),
        Permission.CONFIRM_SOURCE: Words(
            "署名确认一项法律依据已与官方文本核对。",
            "Confirm by name that a legal basis was compared with the official text.",
        ),
        Permission.ASK_ERASURE: Words(
            "申请删除一人的全部信息。", "Ask that all that is held about one person be erased."
        ),
        Permission.APPROVE_ERASURE: Words(
            "同意由另一人申请的删除。", "Agree to an erasure that another person asked for."
        ),
        Permission.SEE_HEALTH: Words("查看系统运行状态。", "See the health of the system."),
        Permission.SEE_WORK: Words("查看等待和停滞的任务。", "See waiting and stuck work."),
        Permission.MEND_WORK: Words("重新运行或取消停滞的任务。", "Run stuck work again, or cancel it."),
        Permission.KEEP_ORGANISATIONS: Words(
            "登记、更正和停用下级单位。", "Register, correct and close lower organisations."
        ),
        Permission.SEE_OFFICIALS: Words(
            "查看本单位及下级单位的人员和职权。", "See officials and mandates of the own and lower organisations."
        ),
        Permission.APPOINT_OFFICIAL: Words("任用一名工作人员。", "Appoint an official."),
        Permission.DISMISS_OFFICIAL: Words(
            "停止一名工作人员的全部职权，立即生效。", "Stop all mandates of an official, at once."
        ),
        Permission.GRANT_MANDATE: Words(
            "提出授予职权，须由另一人批准。", "Grant a mandate; another person must approve it."
        ),
        Permission.APPROVE_MANDATE: Words(
            "批准或不批准由另一人提出的授权。", "Approve, or refuse, a mandate that another person granted."
        ),
        Permission.SUSPEND_MANDATE: Words(
            "说明理由后暂停一项职权，立即生效。", "Suspend a mandate, with a reason, at once."
        ),
        Permission.RESUME_MANDATE: Words("恢复由另一人暂停的职权。", "Resume a mandate that another person suspended."),
        Permission.REAPPROVE_MANDATE: Words(
            "定期复核一项职权；未经复核的职权到期自动失效。",
            "Confirm a mandate anew; one left unconfirmed lapses by itself.",
        ),
        Permission.END_MANDATE: Words(
            "提前终止一项职权，或收回尚未批准的授权。", "End a mandate early, or take back one not yet approved."
        ),
        Permission.SEE_PERMISSIONS: Words("查看本权限表。", "See this permission matrix."),
        Permission.READ_JOURNAL: Words("查阅工作人员的操作日志。", "Read the journal of officials' acts."),
        Permission.OPEN_CASE: Words(
            "为本单位的在办事项立案和结案，写明用途。",
            "Open and close a case of the own organisation, under a named purpose.",
        ),
        Permission.SEE_CASES: Words("查看本单位的在办事项。", "See the cases of the own organisation."),
        Permission.LOOK_UP: Words(
            "在办事项中依法或经同意查询一个人的有关内容；只给这一用途允许的部分，本人看得到这次查询。",
            "Ask about one person in an open case, by law or consent: only what the purpose allows, and the person sees it.",
        ),
        Permission.ASK_SEAL: Words(
            "依法申请暂缓告知一次查询，须由另一单位批准。",
            "Ask, under a law that orders it, to delay telling of a look; another organisation must approve.",
        ),
        Permission.REVIEW_LOOKS: Words(
            "复核被提出疑问的查询和紧急查询，作出结论并告诉本人。",
            "Review looks that were questioned or made in an emergency, decide, and tell the person.",
        ),
        Permission.APPROVE_SEAL: Words(
            "批准或不批准由另一单位申请的暂缓告知，有最长期限。",
            "Approve, or refuse, a delay of telling that another organisation asked for; it has a longest term.",
        ),
        Permission.SUSPEND_ACCESS: Words(
            "对滥用查询的人员、单位或机器接口立即停止查询，有理由、告知和结束日期。",
            "Suspend at once the access of an official, organisation or machine that misused it: reason, notice, end date.",
        ),
        Permission.LIFT_SUSPENSION: Words(
            "提前解除由另一人作出的停止查询。", "Lift early a suspension of access that another person imposed."
        ),
        Permission.ANSWER_SUSPENSION: Words(
            "查看对本人或本单位停止查询的告知，作出申辩。",
            "Read the notice of a suspension of one's own or one's organisation's access, and reply to it.",
        ),
        Permission.RECORD_TRAINING: Words(
            "登记查询培训的有效期，登记工作人员本人的证件，使其不能查询自己；不能登记自己的。",
            "Record others' training and its last day, and their own document, so that they cannot look themselves up.",
        ),
        Permission.SEE_CLIENTS: Words(
            "查看本单位及下级单位的机器接口。", "See machine clients of the own and lower organisations."
        ),
        Permission.KEEP_CLIENTS: Words(
            "提出登记机器接口，或立即停用；登记须由另一人批准。",
            "Propose a machine client, which another person must approve, or end one at once.",
        ),
        Permission.APPROVE_CLIENT: Words(
            "批准由另一人提出的机器接口。", "Approve a machine client that another person proposed."
        ),
    }
)
