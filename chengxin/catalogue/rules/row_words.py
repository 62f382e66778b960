"""Narrow words for the free text of rows: matters that slip in by accident where clerks describe an act (F10).

Plain alternations, so that Python's `re` and Rust's `regex` (Polars) read them alike: no look-around, no
back-references. Not here, because descriptions of lawful cases hold them: complaints that opened a case, chat records as
evidence, minors as victims, amounts. Some innocent phrases only undo a chance meeting of characters across words.
"""

from __future__ import annotations

from collections.abc import Mapping

ROW_INNOCENT = (
    "《[^《》]{1,60}(?:法|条例|规定|办法|细则|规则|标准|决定|通知|目录|解释|意见)》|"
    "(?:传染病|职业病|血吸虫病)防治法?|母婴保健法?|精神卫生法|残疾人(?:保障法?|就业|联合会|证办理)|"
    "疾病预防控制|(?:书写|填写|伪造|篡改|隐匿|销毁|保管|抢夺)病历(?:资料|书写)?|病历资料|"
    "(?:虚假|诱导|挂床|分解)住院|[一-龥]{1,5}族(?:自治(?:区|州|县|旗)|乡|镇|苏木)|水族(?:馆|箱|用品|店|器材)|"
    "家庭服务(?:业|员|机构|企业|行业)|家庭(?:农场|经营)|户口簿?登记机关|礼拜(?:[一二三四五六日天])|"
    "宗教事务(?:部门|局)|民族宗教事务局|清真食品|社会治安综合治理|"
    "宣传教育|传教学|信教育|道教育|其母公司|母公司|物流产|准确诊|明确诊|前科(?:学|技|研)|家属(?:院|区|楼)|姐妹店"
)

# Literals only: each is its own trigger.
ROW_ZH: Mapping[str, str] = {
    "religion": (
        "宗教|信教|信仰|传教|教徒|基督|天主教|伊斯兰|穆斯林|佛教|道教|清真寺|教堂|寺庙|寺院|僧人|牧师|神父|"
        "阿訇|邪教|礼拜|朝觐"
    ),
    "ethnicity": "少数民族|民族成份|民族成分|族裔|种族",
    "politics": "政治面貌|党员|入党|党籍|政治立场|政治倾向|政见",
    "petitions": "上访|缠访|闹访|越级访",
    "genes": "基因检测|亲子鉴定|遗传病|染色体",
    "biometrics": "指纹|虹膜|人脸|声纹|步态|掌纹",
    "blood": "血型|献血",
    "health": (
        "患有|患病|确诊|病历|病史|住院|诊断为|诊断书|精神病|精神障碍|抑郁|残疾|癌|肿瘤|艾滋|肝炎|糖尿病|"
        "高血压|心脏病|肺结核|尿毒症|怀孕|流产|因病|重病|大病|生病|疾病"
    ),
    "sexual_life": "性取向|性关系|性行为|同性恋|性病|嫖|卖淫",
    "family": (
        "家庭|妻子|丈夫|其妻|其夫|配偶|前妻|前夫|夫妻|离婚|结婚|再婚|婚姻|子女|儿子|女儿|其父|其母|父亲|母亲|"
        "父母|岳父|岳母|公婆|姐妹|哥哥|弟弟|姐姐|妹妹|家属|亲属|户籍|户口"
    ),
    "public_security": "行政拘留|治安拘留|治安管理处罚|治安处罚|吸毒|戒毒",
    "criminal_record": "犯罪前科|前科|服刑|刑满释放",
}

ROW_EN: Mapping[str, str] = {
    "religion": "religion|religious|muslim|buddhist|catholic|protestant",
    "ethnicity": "ethnicity|ethnic minority",
    "politics": "party member|political",
    "genes": "dna|paternity",
    "biometrics": "fingerprint|fingerprints|iris scan",
    "blood": "blood type|blood donor",
    "health": "hiv|aids|cancer|hepatitis|diabetes|diagnosed|illness|disabled|pregnant|mental",
    "sexual_life": "sexual|prostitution|homosexual",
    "family": "wife|husband|spouse|divorced|his father|his mother|her father|her mother|family",
    "public_security": "administrative detention|drug use",
    "criminal_record": "criminal record|ex-convict",
}

PEOPLES = (
    "汉|回|满|蒙古|藏|维吾尔|苗|彝|壮|布依|朝鲜|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|"
    "纳西|景颇|柯尔克孜|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|乌孜别克|俄罗斯|鄂温克|德昂|"
    "裕固|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺"
)
"""Names of peoples that, before 族, tell a person's ethnicity; 土, 京, 怒 and 保安 are left out (they end other words)."""
