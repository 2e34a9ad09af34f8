"""Django's settings. What may differ between machines comes from the environment (environment.py)."""

import json
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf.locale import LANG_INFO
from django.utils.csp import CSP

from kurak.ground.languages.declared import LANGUAGES as DECLARED
from kurak.ground.safety import logs
from kurak.web import environment

PACKAGE = Path(__file__).resolve().parents[1]
PRODUCTION = environment.flag("KURAK_PRODUCTION")
ENVIRONMENT = environment.SETTINGS  # the table, for the reference page
HOME = Path(environment.value("KURAK_HOME")).resolve()
PORT = int(environment.value("PORT"))

DEBUG = False
SECRET_KEY = environment.secret_key(HOME, production=PRODUCTION)
ALLOWED_HOSTS = [host for host in environment.value("KURAK_HOSTS").split(",") if host] or ["*"]
if PRODUCTION and ALLOWED_HOSTS == ["*"]:
    raise environment.ImproperlyConfigured(
        "Set KURAK_HOSTS to the host names of the platform, such as kurak.example.org"
    )

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks_db",
    "simple_history",
    "tree_queries",
    "rules.apps.AutodiscoverRulesConfig",
    "kurak.ground",
    "kurak.instruments",
    "kurak.commitments",
    "kurak.dialogue",
    "kurak.web",
]

MIDDLEWARE = [
    "kurak.ground.safety.headers.HeadersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kurak.web.pages.compressing.CompressPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kurak.ground.languages.middleware.LanguageMiddleware",
    "kurak.ground.safety.readable.BodyMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "kurak.ground.safety.readable.ReadableMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kurak.ground.people.doors.DeskMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "kurak.web.pages.errors.RefusalMiddleware",
]

ROOT_URLCONF = "kurak.web.urls"
CSRF_FAILURE_VIEW = "kurak.web.pages.errors.csrf_failure"
WSGI_APPLICATION = "kurak.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kurak.web.pages.context.house",
            ],
            "builtins": ["kurak.ground.languages.templatetags.texts"],
        },
    }
]

# The live process says so before Django reads this (kurak/web/asgi.py).
ASGI = environment.os.environ.get("KURAK_PROCESS") == "live"
DATABASES = {"default": environment.database(HOME, asgi=ASGI)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "charts": {  # drawings are costly to make and small to keep
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "charts",
        "OPTIONS": {"MAX_ENTRIES": 4000},
    },
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Languages: ten, two of them right to left. Django knows neither Dari nor Pashto.
LANGUAGE_CODE = "en"
LANGUAGES = [(language.code, language.own_name) for language in DECLARED]
LANGUAGES_BIDI = [language.code for language in DECLARED if language.right_to_left]
LANG_INFO.update(
    {
        language.code: {
            "bidi": language.right_to_left,
            "code": language.code,
            "name": language.english_name,
            "name_local": language.own_name,
        }
        for language in DECLARED
        if language.code not in LANG_INFO
    }
)
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
FORMAT_MODULE_PATH = ["kurak.web.formats"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = HOME / "files"

# People
AUTH_USER_MODEL = "ground.Person"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Accounts of the sample region enter the desk without a second factor. Not in production, where they are not loaded
# either: docs/decisions/0005-second-factor.md.
SAMPLE_PEOPLE = json.loads((PACKAGE / "sample" / "people.json").read_text(encoding="utf-8"))
SAMPLE_STAFF = set() if PRODUCTION else {each["username"] for each in SAMPLE_PEOPLE}
ACCOUNT_ADAPTER = "kurak.ground.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*", "email"]
ACCOUNT_USERNAME_MIN_LENGTH = 3
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""  # a subject line is read over shoulders
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 60 * 15
# Limits by network address are switched off one by one: an address is looked at nowhere. Failed passwords are counted
# by our adapter, per account name; "login_failed" here counts codes of the second factor, per account.
ACCOUNT_RATE_LIMITS = {
    "signup": None,
    "login": None,
    "login_failed": "10/5m/key",
    "reset_password": "5/h/key",
    "reset_password_from_key": None,
    "request_login_code": "3/m/key",
    "verify_phone": None,
}
MFA_ADAPTER = "kurak.ground.people.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": None}
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Kurak"
MFA_TOTP_TOLERANCE = 1  # clocks of old phones
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an e-mail is optional, and so is confirming it
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
SESSION_COOKIE_SAMESITE = "Lax"

# Safety
LIVE_URL = environment.value("KURAK_LIVE_URL")
EXIT_URL = environment.value("KURAK_EXIT_URL")
LIVE_SOURCE = [] if LIVE_URL else [f"http://*:{PORT + 1}"]
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF, *LIVE_SOURCE],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    # Other names under the domain, and lists built into browsers, are for the owner of the domain to decide.
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True

# Logs
LOGGING = logs.LOGGING

# Mail
_mail = urlsplit(environment.value("KURAK_MAIL_URL"))
if _mail.hostname:
    _port = _mail.port or 587
    MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {
                "host": _mail.hostname,
                "port": _port,
                "username": unquote(_mail.username or ""),
                "password": unquote(_mail.password or ""),
                "use_tls": _mail.scheme in {"smtp", "smtp+tls"} and _port != 25,
            },
        }
    }
else:
    MAILERS = {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
DEFAULT_FROM_EMAIL = environment.value("KURAK_MAIL_FROM")
