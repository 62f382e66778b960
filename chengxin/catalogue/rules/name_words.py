"""Wide words for the names of a catalogue: what could name a forbidden matter, and the innocent phrases that hold it.

They meet names, labels, helps and codes of items, fields and code lists, folded by `screen.fold`. Plain alternations.
Some innocent phrases only undo a chance meeting of characters across words (宣传教育 holds 传教, 国家人力 holds 家人).

Decided with care: 民族团结进步 as the name of an award loads (it says nothing of its bearer's ethnicity); 献血
does not (it tells of blood and health); 优秀共产党员 does not (party membership); 星级志愿者 does not (a grade of a person); 族谱
does not (kin).
"""

from __future__ import annotations

from collections.abc import Mapping

NAME_INNOCENT_ZH = (
    "没收违法所得|违法所得|违法收入|人类遗传资源|遗传资源|转基因|"
    "疫苗(?:生产|流通|上市|管理|质量|企业|经营|储存|配送|研制|持有人)|"
    "医疗(?:卫生|保障|机构|器械|广告|美容|纠纷|废物)|生物安全|血液制品|(?:单采)?血浆站|采供血机构|血站|"
    "血吸虫病防治|动物(?:疫病|诊疗)|病虫害|病媒生物|病原微生物|植物病害|职业病(?:防治|诊断机构|危害)|"
    "疾病预防控制|卫生健康|传染病防治法|残疾人(?:保障|服务|就业|工作)|健康(?:管理师|促进法|管理员|照护)|"
    "民族团结进步(?:模范|先进|奖|表彰|创建)|民族(?:医药|乐器|音乐|舞蹈|大学|中学)|中华民族|"
    "家庭服务(?:业|员|机构|企业|行业)|家庭(?:农场|经营)|婚姻家庭咨询师|"
    "婚姻登记(?:中|时)?(?:出具|提供|使用)虚假(?:证件|证明|材料|证件或者书面材料)|母婴(?:护理|保健法|用品)|"
    "生育保险|家用电器|通信(?:工程|设备|行业|管理局|技术|网络安全|专业|业务)|交通运输|住宿业|"
    "定位(?:设备|仪器)(?:制造|检定)|投诉举报(?:处理|中心|平台)|社交礼仪|网页设计|政府购买服务|购买服务|"
    "网络购物(?:平台)?经营者|拖欠(?:农民工|劳动者)?的?工资|农民工工资支付|工资支付(?:保障|条例)?|国有资产|"
    "资产(?:评估|管理人|管理公司)|财产报告制度|(?:隐匿|转移)+财产|报告财产|财产保全|破产管理|不动产登记代理|"
    "房地产(?:估价|经纪|开发|中介)|粮食和?储备|理财(?:规划师|产品销售)|慈善(?:捐赠|财产|信托)|"
    "未成年人(?:保护工作|保护法|保护先进|救助)|(?:儿童福利|儿童主任)|"
    "幼儿园(?:教师|工作人员|教职工|从业人员|园长|在岗人员)|(?:教师|学生资助工作)资格|"
    "大学生(?:志愿|西部计划|村官)|治安(?:综合治理|志愿者|防范)|保安员?(?:服务|资格|证)|技能等级|行为等级|等级认定依据|"
    "(?:职业|职称|资质|教师|保护|等级保护|防护)等级|资质等级|等级保护|星级(?:饭店|酒店|景区)|"
    "信用(?:评级|评价)(?:机构|业)|排污许可|性质|学术评价|安全评价(?:师|机构|报告)?|"
    "环境影响评价(?:工程师|法|文件)?|评价机构|简易程序不适用|社会保险|商业保险(?:公司|经纪|代理)|出租汽?车|"
    "党校|宗教事务(?:部门|局)|文物(?:保护)?|道教音乐|购物中心|消费者权益|限制(?:高)?消费|网络安全等级|"
    "宣传教育|传教学|信教育|道教育|教派(?:出|遣)|住房和?城乡建设|住房保障部门|旅行社|(?:整|主|总|具|个)体检|行程序|"
    "国家(?:长|属|人)|前科(?:学|技|研)|(?:统|设|累)计分|(?:参|增|追|附)加分|(?:取|所|获|不)得分|部分值|面积分|"
    "(?:集|社|财)团员"
)

NAME_INNOCENT_EN = (
    "(?:unlawful|illegal|unlawfully obtained) (?:gains?|income|proceeds)|human genetic resources?|"
    "genetic resources?|genetically modified|(?:blood|plasma) products?|"
    "blood (?:plasma )?(?:stations?|banks?) (?:staff|licen[cs]es?)|disease (?:prevention|control)|"
    "(?:animal|plant) (?:diseases?|health)|health ?care (?:staff|professionals?|institutions?|law)|"
    "health (?:commission|department|institutions?|staff|and medical staff)|"
    "medical (?:staff|fund|insurance fund|institutions?|devices?|practitioners?|doctors?)|"
    "ethnic unity(?: and progress)? (?:award|model|honour|honor)s?|"
    "family (?:farms?|service industry|doctors?)|(?:domestic|household) services?(?: industry| workers?)|"
    "household appliances?|communications? engineers?|communications? engineering|"
    "telecommunications? (?:equipment|engineering|engineers?|fraud)|"
    "asset (?:apprais(?:al|ers?)|valuation|valuers?)|real estate (?:apprais(?:al|ers?)|agents?|valuers?)|"
    "state owned assets|(?:property|asset) report(?:ing)?(?: system)?|"
    "tax (?:staff|lists?|violations?|advis[eo]rs?|compliance|authorit(?:y|ies)|crimes?|evasion)|"
    "credit rating agenc(?:y|ies)|skill (?:levels?|grades?)|professional (?:levels?|grades?)|"
    "child(?:ren)? welfare (?:workers?|institutions?)|protection of minors (?:workers?|award|law)|"
    "nursery (?:staff|teachers?)|government purchase of services|consumer rights|consumption limits?|"
    "social insurance|(?:location|positioning) (?:equipment|instruments?)|"
    "false papers in marriage registration|marriage false papers|marriage and family counsell?ors?|public security volunteers?|"
    "(?:travel|tour) (?:agenc(?:y|ies)|guides?|operators?)|wages? (?:arrears|unpaid|owed)|unpaid wages?|"
    "face value|photographic equipment"
)

NAME_ZH: Mapping[str, str] = {
    "religion": (
        "宗教|信仰|信教|教派|教徒|教籍|礼拜|佛教|道教|伊斯兰|穆斯林|基督|天主教|清真寺|做礼拜|做法事|皈依|zongjiao"
    ),
    "ethnicity": "民族|族别|族裔|种族|少数民族|籍贯|minzu",
    "politics": (
        "政治面貌|政治观点|政治倾向|政治立场|政治表现|政治态度|政见|党派|党员|党籍|入党|团员|共产党员|zhengzhimianmao"
    ),
    "petitions": "信访|上访|访民|投诉|举报|申诉|诉求|控告|检举|12345|维权|xinfang",
    "genes": "基因|遗传|dna|染色体|亲子鉴定",
    "biometrics": "指纹|掌纹|人脸|面部|脸部|刷脸|虹膜|视网膜|声纹|步态|静脉|生物识别|生物特征|人像|照片|相片|zhiwen",
    "blood": "血|xuexing",
    "health": (
        "病|健康|体检|残疾|伤残|心理测评|心理状况|精神状况|诊断|诊疗|就医|就诊|住院|手术|用药|医疗|医保报销|"
        "接种|核酸|抗体|身体状况|孕|体重|身高|bingli"
    ),
    "sexual_life": "性取向|性倾向|性生活|性行为|性关系|性经历|性伴|性病|嫖|卖淫|同性恋|私生活|生活作风",
    "movements": (
        "行踪|轨迹|行程|出行|乘车|乘机|航班|车票|住宿|入住|开房|出入境|定位|位置信息|通行记录|卡口|停车记录|"
        "车辆轨迹|进出小区|旅行"
    ),
    "communications": "通信|通话|短信|通讯内容|电话记录|电子邮件|邮件内容|聊天",
    "contacts": "通讯录|联系人|好友|人际|社会关系|交往|往来人员",
    "browsing": "浏览|上网|搜索记录|搜索历史|网页|点击|网络行为|访问记录|cookie",
    "purchases": "购物|购买|消费|订单|支付记录|交易流水|账单|快递单|快递记录",
    "social_media": "社交|微博|微信|朋友圈|抖音|短视频|粉丝|发帖|跟帖|点赞|转发|言论|网络言行|账号动态",
    "income": (
        "收入|工资|薪酬|薪资|月薪|年薪|存款|储蓄|财产|资产|理财|证券账户|持股|股票|保单|商业保险|保险金额|"
        "房产|不动产|住房|车辆所有|纳税额|纳税数额|税款|所得额|公积金|贷款|负债"
    ),
    "family": (
        "家庭|家族|家属|家人|家长|婚姻|婚史|离婚|结婚|配偶|夫妻|丈夫|妻子|子女|儿子|女儿|父母|父亲|母亲|亲属|"
        "亲戚|兄弟|姐妹|监护|户籍|户口|户主|同住|生育|族谱|宗族|家谱|hukou"
    ),
    "minors": "未成年|少年|儿童|幼儿|婴儿|中小学生|小学生|中学生|高中生|初中生|学生|校规",
    "public_security": "治安|行政拘留|拘留|吸毒|戒毒|涉毒|公安处罚|赌博",
    "criminal_record": "犯罪记录|犯罪前科|前科|服刑|刑满|刑事处罚|有罪判决|刑罚|判刑",
    "simplified_procedure": "简易程序|当场处罚|现场处罚",
    "arrears": "欠费|水费|电费|燃气费|物业费|话费|供暖费|停车费",
    "score": (
        "评分|得分|积分|打分|记分|计分|扣分|加分|分值|分数|信用分|诚信分|文明分|评级|星级|等级|等次|排名|名次|"
        "指数|画像|预测|风险值|评价结果|综合评价|xinyongfen"
    ),
}

NAME_EN: Mapping[str, str] = {
    "religion": "religions?|religious|faiths?|beliefs?|church(?:es)?|worship|muslims?|christians?|buddhists?|islam",
    "ethnicity": "ethnic(?:ity|al)?|ethnic groups?|race|racial|native place|ancestry|nationality group",
    "politics": "political|politics|party member(?:ship)?s?|communist|league member",
    "petitions": (
        "petitions?|petitioners?|complaints?|complainants?|whistle ?blow(?:er|ing)s?|grievances?|hotline calls?"
    ),
    "genes": "genes?|genetics?|genom(?:e|ic)s?|dna|chromosomes?|paternity tests?",
    "biometrics": (
        "biometrics?|fingerprints?|palm ?prints?|face|facial|iris(?:es)?|retinas?|voice ?prints?|gait|veins?|"
        "photos?|photographs?|portraits?"
    ),
    "blood": "blood|haemoglobin|hemoglobin",
    "health": (
        "health|illness(?:es)?|diseases?|diagnos[ie]s|medical|medicines?|disabilit(?:y|ies)|disabled|"
        "hospitals?|patients?|vaccinations?|vaccinated|hiv|pregnan(?:t|cy)|mental|psychological|body weight"
    ),
    "sexual_life": "sex life|sexual|sexuality|sexual orientation|homosexual|prostitution|private life",
    "movements": (
        "movements?|whereabouts|trajector(?:y|ies)|travel(?:s|led)?|trips?|itinerar(?:y|ies)|locations?|gps|"
        "flights?|hotel stays?|border crossings?"
    ),
    "communications": "communications?|calls?|call records?|text messages?|sms|e ?mails?|chat(?:s|ting)?|phone records?",
    "contacts": "contacts?|address books?|acquaintances?|friends?|social ties|associates",
    "browsing": (
        "browsing|browser|search history|searches|clicks?|web history|websites? visited|cookies?|"
        "online behaviou?r|internet use"
    ),
    "purchases": "purchases?|purchasing|shopping|consumption|orders? placed|payment histor(?:y|ies)|spending|bills?",
    "social_media": "social media|posts|tweets?|weibo|wechat|tiktok|followers|likes|speech|comments made",
    "income": (
        "incomes?|salar(?:y|ies)|wages?|savings?|deposits?|bank balances?|assets?|wealth|real estate|stocks?|"
        "shareholdings?|insurance polic(?:y|ies)|tax(?:es)?(?: paid| amounts?)?|property owned|loans?|debts?"
    ),
    "family": (
        "famil(?:y|ies)|marriages?|marital|divorces?|divorced|spouses?|wi(?:fe|ves)|husbands?|children|"
        "relatives?|kin|kinship|parents?|siblings?|household|households|guardians?|genealog(?:y|ies)|"
        "next of kin"
    ),
    "minors": "minors|juveniles?|under ?age|school ?child(?:ren)?|pupils?|teenagers?|child|school students?",
    "public_security": "public security|administrative detentions?|detentions?|detained|drug use|gambling",
    "criminal_record": "criminal records?|convictions?|criminal past|prison|sentences? served",
    "simplified_procedure": "simplified procedures?|summary procedures?|on the spot penalt(?:y|ies)",
    "arrears": "utility arrears|arrears|unpaid (?:water|power|gas|phone|utility)(?: bills?)?",
    "score": (
        "scores?|scoring|ratings?|credit points?|points|grades?|rank(?:s|ing|ings|ed)?|ind(?:ex|ices)|"
        "profil(?:e|ing)|predictions?|predict(?:s|ed|ive)?|risk levels?|star level"
    ),
}
