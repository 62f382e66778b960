"""What demo and tests share and production lacks: an invented city, its cast to sign in as, a clock that can be shifted."""

from chengxin.settings import env
from chengxin.settings.base import *  # noqa: F403
from chengxin.settings.base import INSTALLED_APPS as _BASE_APPS
from chengxin.settings.base import TEMPLATES

# region 00 of identity numbers, the one no person can have, is accepted where this is true (F12)
CHENGXIN_PRACTICE = True
CHENGXIN_CITY = {"zh": "云川市", "en": "Yunchuan"}
CHENGXIN_OFFICE = {"zh": "云川市公共信用中心", "en": "Yunchuan Public Credit Centre"}
CHENGXIN_CLOCK_OFFSET_SECONDS = env.integer("CHENGXIN_CLOCK_OFFSET_SECONDS", 0)

# the invented cast to sign in as; production installs no such app, and a house test looks
INSTALLED_APPS = [*_BASE_APPS, "chengxin.doors.demo"]
TEMPLATES[0]["DIRS"].insert(0, env.PACKAGE / "doors" / "demo" / "templates")
TEMPLATES[0]["OPTIONS"]["context_processors"].append("chengxin.doors.demo.signin.context")

# a passkey over plain http works on localhost alone
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
# style and scripts straight from the source, nothing to collect first
STATIC_ROOT = None  # type: ignore[assignment]
WHITENOISE_USE_FINDERS = True
