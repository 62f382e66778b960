"""A city's own instance. Whatever is missing stops the start; nothing here has a convenient default."""

from chengxin.settings import env
from chengxin.settings.base import *  # noqa: F403
from chengxin.settings.base import SOCIALACCOUNT_PROVIDERS

SECRET_KEY = env.secret("CHENGXIN_SECRET_KEY")
ALLOWED_HOSTS = env.words("CHENGXIN_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
# a sandbox is a production instance that says so; its sign-in is the real one all the same (F12)
CHENGXIN_PRACTICE = env.flag("CHENGXIN_PRACTICE", False)
CHENGXIN_CITY = {"zh": env.text("CHENGXIN_CITY_ZH"), "en": env.text("CHENGXIN_CITY_EN")}
CHENGXIN_OFFICE = {"zh": env.text("CHENGXIN_OFFICE_ZH"), "en": env.text("CHENGXIN_OFFICE_EN")}

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# who counts tries by address must know it: so many proxies of ours stand before us, each adding to X-Forwarded-For
ALLAUTH_TRUSTED_PROXY_COUNT = env.integer("CHENGXIN_PROXIES", 1)
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

EMAIL_HOST = env.text("CHENGXIN_SMTP_HOST", "localhost")
EMAIL_PORT = env.integer("CHENGXIN_SMTP_PORT", 25)
EMAIL_HOST_USER = env.text("CHENGXIN_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.secret("CHENGXIN_SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.flag("CHENGXIN_SMTP_TLS", False)
DEFAULT_FROM_EMAIL = env.text("CHENGXIN_MAIL_FROM")
CHENGXIN_ADDRESS = env.text("CHENGXIN_ADDRESS", f"https://{ALLOWED_HOSTS[0]}")
CHENGXIN_LOG_ORIGIN = env.text("CHENGXIN_LOG_ORIGIN", f"{ALLOWED_HOSTS[0]}/log")

# One sign-in service of the province or the city (F12), by OpenID Connect.
if env.text("CHENGXIN_OIDC_ISSUER", ""):
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        {
            "provider_id": env.text("CHENGXIN_OIDC_ID", "city"),
            "name": env.text("CHENGXIN_OIDC_NAME", "统一身份认证"),
            "client_id": env.text("CHENGXIN_OIDC_CLIENT"),
            "secret": env.secret("CHENGXIN_OIDC_SECRET"),
            "settings": {
                "server_url": env.text("CHENGXIN_OIDC_ISSUER"),
                "scope": env.words("CHENGXIN_OIDC_SCOPE", ("openid", "profile")),
            },
        }
    ]
