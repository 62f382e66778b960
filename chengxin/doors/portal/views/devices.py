"""Which device a session is on, in words a person knows it by."""

from __future__ import annotations

from chengxin.doors.wording import Language, text

# WeChat's and DingTalk's browsers call themselves Chrome or Safari too, and Edge calls itself Chrome: the telling name first
BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("DingTalk", "DingTalk"),
    ("UCBrowser", "UC"),
    ("QQBrowser", "QQ"),
    ("MiuiBrowser", "MIUI"),
    ("HuaweiBrowser", "Huawei"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def device_in_words(user_agent: str, language: Language) -> str:
    """``Chrome on Android``; a browser that does not say what it is, is called unknown."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    if browser and system:
        return text("account.sessions.which", language, browser=browser, system=system)
    return browser or system or text("account.sessions.unknown", language)
