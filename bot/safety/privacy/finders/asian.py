"""Finds names in scripts without capitals or without spaces: Chinese, Japanese, Korean, Hindi, Arabic. Imports no Rasa."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.safety.privacy.finders.spans import Span

# The hundred most frequent Chinese surnames, less those that are mostly parts of other words; likewise for the other two.
CHINESE = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘蒋蔡余杜叶程苏魏吕丁沈任姚卢姜崔钟谭陆汪范金石"
    "廖贾夏韦付邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾郝龚邵钱覃武戴莫孔汤張劉陳楊趙吳孫馬鄭許韓馮鄧蕭蔣蘇魏盧鍾譚陸賈鄒"
)
KOREAN = (
    "김이박최정강조윤장임한오서신권황안송류홍전고문손양배백허남심노하곽성차주우구민진지엄채원천방공현함변염추도석선설마길연위표"
)
JAPANESE = (
    "佐藤|鈴木|高橋|田中|伊藤|渡辺|渡邊|山本|中村|小林|加藤|吉田|山田|佐々木|山口|松本|井上|木村|林|斎藤|斉藤|清水|山崎|森|池田|橋本|阿部|石川|"
    "山下|中島|石井|小川|前田|岡田|長谷川|藤田|後藤|近藤|村上|遠藤|青木|坂本|福田|太田|西村|藤井|金子|岡本|藤原|三浦|中野|原田|松田|竹内|中川|小野"
)
PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:我(?:的名字)?(?:叫做?|是)|我的名字(?:叫|是)|姓名(?:是|[::：])?|名叫|本人|病人叫?"
        rf"|患者叫)\s?(?P<name>[{CHINESE}](?![种色医生])[\u4e00-\u9fff]{{1,2}}?)"
        r"(?=$|[\s,，。.!！?？、;；(（]|今年|想|住|来自|電話|电话|手机|的|在|是|有|要|\d)",
        r"(?:我叫|我的名字叫|我的名字是|名叫)\s?(?P<name>(?![了他她你您它我们])[\u4e00-\u9fff·]{2,4}?)(?=$|[\s,，。.!！?？、;；]|今年)",
        r"(?:女儿|儿子|老公|老婆|妈妈|爸爸|姐姐|妹妹|哥哥|弟弟|朋友|同事)(?P<name>小(?![时学孩朋的心区])[\u4e00-\u9fff])",
        r"我姓\s?(?P<name>[\u4e00-\u9fff])",
        rf"(?<![主专])(?P<name>[{CHINESE}](?![级档端科种])[\u4e00-\u9fff]{{0,2}}?)(?:医生|醫生|医师|醫師|大夫|护士|護士|先生|女士|小姐|太太|教授|主任|院长)",
        r"(?:名前は|氏名[:：]?)\s?(?P<name>[\u4e00-\u9fff\u3040-\u30ff]{2,8}?)(?=です|と|。|、|,|\s|$)",
        rf"(?P<name>(?:{JAPANESE})[\u4e00-\u9fff\u3040-\u309f]{{0,3}}?)(?:です|と申し|といい|先生|さん|様)",
        r"(?P<name>[\u4e00-\u9fff\u30a0-\u30ff]{2,8})と申し",
        rf"(?:제 이름은|이름은|저는|성함은|성명[:：]?)\s?(?P<name>[{KOREAN}][가-힣]{{1,3}}?)"
        r"(?:입니다|이에요|예요|이고|이라고|라고)",
        rf"(?<![가-힣])(?P<name>[{KOREAN}][가-힣]{{0,2}}?)\s?(?:원장|선생|간호사|박사|실장)",
        r"(?:اسمي|أنا)\s(?P<name>[\u0621-\u064a]{2,20}\s(?:ال[\u0621-\u064a]{2,18}|(?:بن|ابن|بنت|عبد|أبو)\s[\u0621-\u064a]{2,18}))",
        r"मेरा नाम\s(?P<name>[\u0900-\u097f]{2,20}(?:\s(?!है|हूँ|और)[\u0900-\u097f]{2,20})?)(?=\s(?:है|हूँ|और)|[,।.]|$)",
        r"डॉ(?:क्टर|\.)?\s(?P<name>(?!ने|को|से|का|की|के|है)[\u0900-\u097f]{2,20})",
    )
)
NOT_NAMES = frozenset(
    "看護師 医師 患者 会社員 主婦 学生 日本人 女性 男性 김치 이것 이 한 제 그 저 원 이제 주치 전문 성형 피부 담당 환자 정말".split()
)


def find(text: str) -> Iterator[Span]:
    """The names in `text` that its script gives away."""
    if text.isascii():
        return
    for pattern in PATTERNS:
        for match in pattern.finditer(text):
            if match["name"] not in NOT_NAMES:
                yield Span(match.start("name"), match.end("name"), "name")
