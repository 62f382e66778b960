"""What every deployment shares. `production`, `demo` and `testing` each say what differs, and only that."""

from typing import Any

from chengxin.foundation import server
from chengxin.settings import databases, env

_PORTAL = env.PACKAGE / "doors" / "portal"

DEBUG = False
ALLOWED_HOSTS: list[str] = []
ROOT_URLCONF = "chengxin.doors.urls"
WSGI_APPLICATION = "chengxin.doors.wsgi.application"

INSTALLED_APPS = [
    "chengxin.foundation",
    "chengxin.offices",
    "chengxin.persons",
    "chengxin.catalogue",
    "chengxin.records",
    "chengxin.collection",
    "chengxin.access",
    "chengxin.remedies",
    # before allauth: our templates and sentences take the place of its own
    "chengxin.doors",
    "chengxin.doors.machine",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "allauth.idp.oidc",
    "procrastinate.contrib.django",
    "django_htmx",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "chengxin.doors.middleware.requests_logged",
    # the moment is read before anything asks for it; the language is a cookie's, not a guess from the browser
    "chengxin.doors.middleware.moment_and_language",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    # before anything reads a form: where people tell, they are not cut short
    "chengxin.doors.portal.receiving.LongWords",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "chengxin.doors.middleware.actor",
    "chengxin.doors.middleware.Refusals",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_PORTAL / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "chengxin.doors.portal.context.frame",
            ],
            "builtins": [
                "chengxin.doors.portal.templatetags.portal",
                "chengxin.doors.portal.templatetags.resident",
                "chengxin.doors.portal.templatetags.official",
            ],
        },
    }
]

# --- the database -----------------------------------------------------------------------------------------------------
DATABASES = databases.aliases(
    env.text("DATABASE_URL", ""),
    env.text("KEYS_URL", ""),
    databases.role_passwords(env.path("CHENGXIN_ROLE_PASSWORDS") if env.text("CHENGXIN_ROLE_PASSWORDS", "") else None),
    keep_s=env.integer("CHENGXIN_CONNECTION_SECONDS", 600),
    # the worker sets 0 for itself: its statements go over whole batches
    statement_s=env.integer("CHENGXIN_STATEMENT_SECONDS", 15),
)
DATABASE_ROUTERS = ["chengxin.settings.routing.OneWay"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PROCRASTINATE_DATABASE_ALIAS = "default"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# --- time and language (F1): stored in UTC, shown as days of Shanghai -------------------------------------------------
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]

# --- accounts (F12) ---------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "foundation.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_ADAPTER = "chengxin.doors.signin.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "chengxin.doors.signin.adapters.SocialAdapter"
MFA_ADAPTER = "chengxin.doors.signin.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# a phone whose clock is half a minute off still works
MFA_TOTP_TOLERANCE = 1
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TOTP_ISSUER = "诚信 chengxin"
# when somebody last moved is nobody's business, and would be a write at every page
USERSESSIONS_TRACK_ACTIVITY = False
# Tries a minute by address are many, because a whole quarter may share the address of its telephone company; guessing at
# one account is what stops: five wrong passwords in five minutes.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "60/m/ip,5/300s/key",
    "bind_code": "60/m/ip",
    "mandate_code": "60/m/ip,10/m/user",
    "complaint": "20/m/ip",
    "complaint_word": "60/m/ip",
}
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
# Counts of tries and codes that were used: shared by all workers of this machine, and nothing else is cached.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": server.state_folder() / "cache",
        "TIMEOUT": 600,
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_STORE_TOKENS = False
# a link, not a form: our own content security policy lets no form lead to another house
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "openid_connect": {
        "provider_class": "chengxin.doors.signin.provider.CityProvider",
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [],
    }
}
# what the sign-in service calls what it says of a person
CHENGXIN_OIDC_CLAIMS = {
    part: env.text(f"CHENGXIN_OIDC_CLAIM_{part.upper()}", part)
    for part in ("document_kind", "document_number", "name", "assurance", "network_number")
}

# --- machines: tokens by client credentials alone, for ten minutes -----------------------------------------------------
IDP_OIDC_ACCESS_TOKEN_EXPIRES_IN = 10 * 60
IDP_OIDC_AUTH_METHODS = ["client_secret_basic", "client_secret_post"]

# --- sessions, cookies and headers ------------------------------------------------------------------------------------
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 2 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "chengxin.doors.portal.errors.form_expired"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "img-src": ["'self'", "data:"],
    }
}

# --- files ------------------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [_PORTAL / "static"]
STATIC_ROOT = env.path("CHENGXIN_STATIC_ROOT", env.PACKAGE.parent / "static-collected")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2**20
# what is handed in is personal data: nothing of it may lie unsealed in the system's temporary folder, so that larger
# files pass only through a view that seals them as they come
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

# --- whose city, whose office: what the head and foot of each page say ------------------------------------------------
CHENGXIN_CITY = {"zh": env.text("CHENGXIN_CITY_ZH", ""), "en": env.text("CHENGXIN_CITY_EN", "")}
CHENGXIN_OFFICE = {"zh": env.text("CHENGXIN_OFFICE_ZH", ""), "en": env.text("CHENGXIN_OFFICE_EN", "")}
# province and city, by their Chinese names: their own legal terms hold here besides the national ones (F15)
CHENGXIN_PLACES = env.words("CHENGXIN_PLACES", ())
# an operator's corrections of the legal terms: what was read in the law since, and terms of places that the release lacks
CHENGXIN_CLOCKS = env.text("CHENGXIN_CLOCKS", "")
# the same for the periods after which repair may be asked for
CHENGXIN_REPAIR = env.text("CHENGXIN_REPAIR", "")
# years of holidays whose State Council notice came after the release, or was not as the release has it
CHENGXIN_HOLIDAYS = env.text("CHENGXIN_HOLIDAYS", "")
# what looks for harm in papers that people hand in: the socket of clamd ("host:port" or a path); none is said on each paper
CHENGXIN_CLAMD = env.text("CHENGXIN_CLAMD", "")
# whether this instance is for practice alone, with people who do not exist
CHENGXIN_PRACTICE = False

# --- the proof log (F13): its name, which stands in every checkpoint and never changes; the keys of witnesses we know -----
CHENGXIN_LOG_ORIGIN = env.text("CHENGXIN_LOG_ORIGIN", "practice.invalid/log")
CHENGXIN_LOG_WITNESSES = env.words("CHENGXIN_LOG_WITNESSES", ())

# --- telling people: how a notice leaves the house beside standing on its person's page ---------------------------------
# our own public address, named in messages and signed calls
CHENGXIN_ADDRESS = env.text("CHENGXIN_ADDRESS", "http://localhost:8000")
EMAIL_TIMEOUT = env.integer("CHENGXIN_SMTP_TIMEOUT_SECONDS", 30)
# the folder of the print house; without it no letters are made
CHENGXIN_LETTERS = env.text("CHENGXIN_LETTERS", "")
# the city's message service, told by a signed call that a notice waits
CHENGXIN_WEBHOOK_URL = env.text("CHENGXIN_WEBHOOK_URL", "")
# dotted path to what makes the gateway for text messages (foundation.outbox.channels.Gateway); the folder is practice's
CHENGXIN_SMS_GATEWAY = env.text("CHENGXIN_SMS_GATEWAY", "")
CHENGXIN_SMS_FOLDER = env.text("CHENGXIN_SMS_FOLDER", "")

# --- logs: JSON lines without personal data ---------------------------------------------------------------------------
LOGGING_CONFIG = "chengxin.doors.logs.configure"
LOGGING = {"level": env.text("CHENGXIN_LOG_LEVEL", "INFO")}
