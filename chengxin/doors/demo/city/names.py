"""Names for people who do not exist, drawn from common characters: many share one, as in any city."""

from __future__ import annotations

from chengxin.doors.demo.city.dice import Dice

SURNAMES: tuple[str, ...] = (
    *"王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜",
    *"崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤",
    *("欧阳", "上官", "司马", "诸葛", "慕容", "东方"),
)
_ONE = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚玲辉鹏飞波斌宇浩凯健俊帆雪琳婷鑫莉晨峰"
_FIRST = "建志国文晓海春秀玉桂小立永德明佳思子雨梦嘉天欣俊云家振红金淑美丽成光庆少"
_SECOND = "华英明兰平军梅芬珍玲芳强生林峰辉燕红霞涛波龙杰宇轩涵怡琪睿豪妍彤瑶泽宁凤琴仁义信"
_GIVEN_FOREIGN = ("Maria", "John", "Anna", "Peter", "Elena", "Samuel", "Nina", "Victor", "Laura", "Daniel")
_FAMILY_FOREIGN = ("Lopes", "Novak", "Okafor", "Silva", "Tanaka", "Kim", "Jensen", "Rossi", "Haddad", "Nowak")
_DOTTED = ("阿依古丽·赛迪", "买买提·艾力", "娜仁·其其格", "卓玛·央金", "古丽娜尔·哈山", "巴特尔·朝鲁")


def chinese_name(dice: Dice) -> str:
    """A surname and one or two characters; one name in three hundred is written with a middle dot."""
    if dice.chance(1 / 300):
        return dice.of(_DOTTED)
    surname = dice.mostly(SURNAMES)
    if dice.chance(0.22):
        return surname + dice.of(_ONE)
    return surname + dice.of(_FIRST) + dice.of(_SECOND)


def foreign_name(dice: Dice) -> str:
    """As it stands in a passport."""
    return f"{dice.of(_GIVEN_FOREIGN)} {dice.of(_FAMILY_FOREIGN)}"
