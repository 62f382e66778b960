"""The offices of the city and who works in them: a tree, and officials with the roles a visitor may try."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from chengxin.kernel.practice import practice_number, practice_org_code

_CODES = 20_260_401
"""Codes of offices do not change with the seed: files of two cities of this name fit the same catalogue."""


@dataclass(frozen=True, slots=True)
class Office:
    """One organisation; `key` names it in this package, `short` stands in the numbers of its decisions."""

    key: str
    parent: str | None
    tier: str
    kind: str
    zh: str
    en: str
    short: str
    code: str


@dataclass(frozen=True, slots=True)
class Official:
    """Somebody who works in an office. `login` is the name they would sign in with outside the demonstration."""

    login: str
    zh: str
    en: str
    office: str
    roles: tuple[str, ...]

    @property
    def document(self) -> str:
        """Their own citizen's number, of nobody: an inquirer is kept off their own file by it."""
        return practice_number(random.Random(self.login), date(1986, 6, 18))  # noqa: S311


_LEAD = ("credit", None, "lead", "development_reform", "云川市公共信用中心", "Yunchuan Public Credit Centre", "信")
_DEPARTMENTS = (
    ("market_regulation", "市场监督管理局", "Market Regulation Bureau", "市监"),
    ("transport", "交通运输局", "Transport Bureau", "交"),
    ("culture_tourism", "文化和旅游局", "Bureau of Culture and Tourism", "文旅"),
    ("emergency", "应急管理局", "Emergency Management Bureau", "应急"),
    ("housing", "住房和城乡建设局", "Housing and Construction Bureau", "建"),
    ("ecology", "生态环境局", "Ecology and Environment Bureau", "环"),
    ("agriculture", "农业农村局", "Agriculture Bureau", "农"),
    ("health", "卫生健康委员会", "Health Commission", "卫"),
    ("medical_insurance", "医疗保障局", "Medical Insurance Bureau", "医保"),
    ("fiscal", "财政局", "Finance Bureau", "财"),
    ("tax", "税务局", "Tax Service", "税"),
    ("labour", "人力资源和社会保障局", "Bureau of Human Resources and Social Security", "人社"),
    ("civil_affairs", "民政局", "Civil Affairs Bureau", "民"),
    ("approval", "行政审批服务局", "Administrative Approval Bureau", "审批"),
    ("civilisation", "精神文明建设办公室", "Office of Civic Honours", "文明"),
    ("court", "中级人民法院", "Intermediate Court", "云川"),
)
_ASKERS = (
    ("bank", "bank", "诚安银行", "Chengan Bank", "诚银"),
    ("insurer", "insurer", "守约财产保险公司", "Shouyue Insurance", "守保"),
    ("police", "public_security", "市公安局", "Police", "公"),
)
"""Organisations that ask and supply nothing; there are none of these names."""
_DISTRICTS = (("east", "云东区", "Yundong"), ("west", "云西区", "Yunxi"), ("river", "河口县", "Hekou"))


def offices() -> tuple[Office, ...]:
    """Every office, parents before children."""
    rng = random.Random(_CODES)  # noqa: S311
    rows: list[tuple[str, str | None, str, str, str, str, str]] = [_LEAD]
    rows += [
        (kind, "credit", "supplier", kind, f"云川市{zh}", f"Yunchuan {en}", short)
        for kind, zh, en, short in _DEPARTMENTS
    ]
    for key, zh, en in _DISTRICTS:
        rows.append((key, "credit", "district", "government", f"{zh}公共信用办公室", f"{en} Credit Office", zh[:2]))
        name, title = f"{zh}市场监督管理局", f"{en} Market Regulation Bureau"
        rows.append((f"{key}_market", key, "supplier", "market_regulation", name, title, f"{zh[1]}市监"))
    # after all others, whose codes stay what they were
    rows += [
        (key, "credit", "asker", kind, f"云川{zh}", f"Yunchuan {en}", short) for key, kind, zh, en, short in _ASKERS
    ]
    return tuple(Office(*row, code=practice_org_code(rng)) for row in rows)


def officials() -> tuple[Official, ...]:
    """Who works where. The first two are the heads whom the city is founded with."""
    return (
        Official("head_one", "顾清源", "Gu Qingyuan", "credit", ("office_head",)),
        Official("head_two", "陆知行", "Lu Zhixing", "credit", ("office_head",)),
        Official("keeper", "沈书仪", "Shen Shuyi", "credit", ("catalogue_keeper",)),
        Official("approver", "江怀瑾", "Jiang Huaijin", "credit", ("catalogue_approver",)),
        Official("approver_two", "温如言", "Wen Ruyan", "credit", ("catalogue_approver",)),
        Official("identity", "叶明远", "Ye Mingyuan", "credit", ("identity_officer",)),
        Official("identity_second", "秦若水", "Qin Ruoshui", "credit", ("identity_officer",)),
        Official("cases", "宋思齐", "Song Siqi", "credit", ("case_officer",)),
        Official("cases_second", "闻知远", "Wen Zhiyuan", "credit", ("case_officer",)),
        Official("recall", "方以宁", "Fang Yining", "credit", ("recall_officer",)),
        Official("erasure", "秦若水", "Qin Ruoshui", "credit", ("erasure_officer",)),
        Official("operator", "骆一鸣", "Luo Yiming", "credit", ("operator",)),
        Official("auditor", "严守正", "Yan Shouzheng", "credit", ("auditor",)),
        *(
            Official(f"clerk_{office.key}", *_CLERKS[place], office.key, ("clerk",))
            for place, office in enumerate(one for one in offices() if one.tier == "supplier")
        ),
        Official("supervisor_market", "白守拙", "Bai Shouzhuo", "market_regulation", ("supervisor_clerk",)),
        Official("supervisor_civil", "贺兰舟", "He Lanzhou", "civil_affairs", ("supervisor_clerk",)),
        Official("supervisor_access", "纪明澈", "Ji Mingche", "credit", ("access_supervisor",)),
        Official("supervisor_access_two", "伍思南", "Wu Sinan", "credit", ("access_supervisor",)),
        Official("head_bank", "简素问", "Jian Suwen", "bank", ("office_head",)),
        Official("inquirer_bank", "邵云开", "Shao Yunkai", "bank", ("inquirer",)),
        Official("inquirer_insurer", "岑望月", "Cen Wangyue", "insurer", ("inquirer",)),
        Official("inquirer_approval", "祝青禾", "Zhu Qinghe", "approval", ("inquirer",)),
        Official("inquirer_emergency", "霍长川", "Huo Changchuan", "emergency", ("inquirer",)),
        Official("inquirer_police", "邢若拙", "Xing Ruozhuo", "police", ("inquirer",)),
    )


_CLERKS = (
    ("李文静", "Li Wenjing"),
    ("赵启航", "Zhao Qihang"),
    ("钱小满", "Qian Xiaoman"),
    ("孙一凡", "Sun Yifan"),
    ("周晚晴", "Zhou Wanqing"),
    ("吴子墨", "Wu Zimo"),
    ("郑安然", "Zheng Anran"),
    ("冯知夏", "Feng Zhixia"),
    ("陈明朗", "Chen Minglang"),
    ("褚清和", "Chu Qinghe"),
    ("卫东篱", "Wei Dongli"),
    ("蒋若谷", "Jiang Ruogu"),
    ("韩雨桐", "Han Yutong"),
    ("杨见山", "Yang Jianshan"),
    ("朱云帆", "Zhu Yunfan"),
    ("许嘉言", "Xu Jiayan"),
    ("何其琛", "He Qichen"),
    ("吕望舒", "Lü Wangshu"),
    ("施南星", "Shi Nanxing"),
)
