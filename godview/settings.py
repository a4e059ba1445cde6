"""All settings. What differs between machines comes from the environment, read at the top."""

from datetime import date, time, timedelta
from pathlib import Path

import django_stubs_ext
import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from whitenoise.compress import Compressor

from godview.schedule import schedule

BASE_DIR = Path(__file__).resolve().parent.parent
STATE_DIR = BASE_DIR / ".state"

# Lets a class say what it is about, as in FormView[ClientForm], also when it runs.
django_stubs_ext.monkeypatch()

env = environ.Env()
env.read_env(env.str("ENV_FILE", default=str(BASE_DIR / ".env")))

# -- What the environment says (each explained in .env.example) -------------------------------

DEBUG: bool = env.bool("DEBUG", default=False)
SECRET_KEY: str = env.str("SECRET_KEY", default="")
ENCRYPTION_KEYS: list[str] = env.list("ENCRYPTION_KEYS", default=[])
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
DATABASE_URL: str = env.str("DATABASE_URL", default="") or f"sqlite:///{STATE_DIR}/godview.sqlite3"
REDIS_URL: str = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
TIME_ZONE: str = env.str("TIME_ZONE", default="Europe/London")
AGENCY_NAME: str = env.str("AGENCY_NAME", default="Your agency")
AGENCY_COUNTRY: str = env.str("AGENCY_COUNTRY", default="GB")
REPORTING_CURRENCY: str = env.str("REPORTING_CURRENCY", default="EUR")
ASANA_BASE_URL: str = env.str("ASANA_BASE_URL", default="https://app.asana.com/api/1.0")
ASANA_REQUESTS_PER_MINUTE: int = env.int("ASANA_REQUESTS_PER_MINUTE", default=1500)
ASANA_CLIENT_ID: str = env.str("ASANA_CLIENT_ID", default="")
ASANA_CLIENT_SECRET: str = env.str("ASANA_CLIENT_SECRET", default="")
PUBLIC_URL: str = env.str("PUBLIC_URL", default="")
ASANA_SYNC_EVERY_SECONDS: int = env.int("ASANA_SYNC_EVERY_SECONDS", default=300)
ASANA_TIMEOUT_SECONDS: int = env.int("ASANA_TIMEOUT_SECONDS", default=60)
ASANA_TRIES: int = env.int("ASANA_TRIES", default=8)
ASANA_RETRY_SECONDS: float = env.float("ASANA_RETRY_SECONDS", default=2.0)
WEEK_LOCKS_AT: time = time.fromisoformat(env.str("WEEK_LOCKS_AT", default="12:00"))
CONTACT_STANDARD_DAYS: int = env.int("CONTACT_STANDARD_DAYS", default=10)
PAUSE_LIMIT_DAYS: int = env.int("PAUSE_LIMIT_DAYS", default=90)
# Departures before this day are not in the books; empty: before the first one that is.
RECORDS_BEGIN: date | None = (
    date.fromisoformat(env.str("RECORDS_BEGIN")) if env.str("RECORDS_BEGIN", default="") else None
)
SHARE_LINK_DAYS: int = env.int("SHARE_LINK_DAYS", default=90)
HTTPS: bool = env.bool("HTTPS", default=not DEBUG)
BEHIND_PROXY: bool = env.bool("BEHIND_PROXY", default=False)
EMAIL_URL: str = env.str("EMAIL_URL", default="consolemail://")
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", default="godview@localhost")
LOG_LEVEL: str = env.str("LOG_LEVEL", default="INFO")
STATIC_HASHED: bool = env.bool("STATIC_HASHED", default=False)
DEMO_MODE: bool = env.bool("DEMO_MODE", default=False)

if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Put a long random text into the environment or into .env; "
        "bin/up makes one by itself and keeps it in .state/."
    )

# -- Applications -----------------------------------------------------------------------------

INSTALLED_APPS = [
    "godview.apps.GodViewConfig",
    "clients.apps.ClientsConfig",
    "tasks.apps.TasksConfig",
    "training.apps.TrainingConfig",
    "metrics.apps.MetricsConfig",
    "godview.apps.GodViewAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "csp",
    "django_filters",
    "django_htmx",
    "django_structlog",
    "django_tables2",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "import_export",
    "knox",
    "rest_framework",
    "rules.apps.AutodiscoverRulesConfig",
    "simple_history",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "godview.health.ProbeMiddleware",
    "godview.request_log.QuietRequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "godview.languages.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "godview.sessions.RenewSessionMiddleware",
    "godview.unsent.SignedOutMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "godview.urls"
WSGI_APPLICATION = "godview.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "godview.shell.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "godview.templatetags.display",
                "godview.templatetags.components",
                "godview.templatetags.bundles",
            ],
        },
    }
]

# -- Database: SQLite for one machine, PostgreSQL beyond ---------------------------------------

DATABASES = {"default": env.db_url_config(DATABASE_URL)}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # Several processes write: wait for the lock, and take it at the start of a transaction,
        # or a transaction that read first is refused with "database is locked".
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000; "
            "PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON;"
        ),
    }
else:
    DATABASES["default"]["OPTIONS"] = {
        "options": "-c statement_timeout=60000 -c lock_timeout=10000"
    }

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- People: sign-in, roles ---------------------------------------------------------------------

AUTH_USER_MODEL = "clients.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "godview.accounts.ClosedAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())

# -- Cache, broker, worker ---------------------------------------------------------------------

CACHES = {
    "default": {
        "BACKEND": "godview.cache.FailOpenRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "godview",
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 1.0},
    }
}
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default=REDIS_URL)
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_TIME_LIMIT = 15 * 60
CELERY_TASK_SOFT_TIME_LIMIT = 14 * 60
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# A worker told to end gives its task this long, then hands it back to the broker.
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 5.0
CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Longer than the longest task, or a task is run twice; short enough that one whose worker
    # was killed comes back soon.
    "visibility_timeout": 20 * 60,
    "unacked_restore_interval": 5,
    "socket_connect_timeout": 2,
}
CELERY_BEAT_SCHEDULE_FILENAME = env.str(
    "BEAT_SCHEDULE_FILE", default=str(STATE_DIR / "beat-schedule")
)
CELERY_BEAT_SCHEDULE = schedule(ASANA_SYNC_EVERY_SECONDS)

# -- REST API -----------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "clients.api.authentication.ApiTokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["godview.rest.permissions.RoleAllows"],
    "DEFAULT_FILTER_BACKENDS": ["godview.rest.filters.Filters"],
    "EXCEPTION_HANDLER": "godview.rest.errors.handler",
    "DEFAULT_PAGINATION_CLASS": "godview.pagination.Pages",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anon": env.str("API_RATE_ANONYMOUS", default="30/min"),
        "share": "60/min",  # a client's own page, and whoever guesses its address
        "user": env.str("API_RATE_USER", default="600/min"),
    },
    "DEFAULT_PARSER_CLASSES": ["godview.rest.parsers.JsonBody"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
# Tokens are made and hashed by knox, and kept in a table of our own, with a name and a scope.
KNOX_TOKEN_MODEL = "clients.ApiToken"  # noqa: S105 - the name of a table
REST_KNOX = {"TOKEN_PREFIX": "gv_"}
MIGRATION_MODULES = {"knox": None}
SPECTACULAR_SETTINGS = {
    "TITLE": "God View API",
    "DESCRIPTION": "What the agency promised its clients, and how it is kept.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["godview.rest.permissions.RoleAllows"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"docExpansion": "none", "deepLinking": True, "filter": True},
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "PromiseEventKindEnum": "tasks.models.PromiseEvent.Kind",
        "RiskOutcomeEnum": "tasks.models.Risk.Outcome",
        "TacticOutcomeEnum": "tasks.models.Tactic.Outcome",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "godview.rest.schema.say_every_refusal",
        "godview.rest.schema.allow_no_other_field",
    ],
}

# -- Import, export, history ------------------------------------------------------------------

IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True
IMPORT_EXPORT_SKIP_ADMIN_CONFIRM = False
SIMPLE_HISTORY_HISTORY_ID_USE_UUID = False

# -- Language, time, static files ---------------------------------------------------------------

# English is the source; a person chooses, else the browser does (godview/languages.py).
LANGUAGES = [
    ("en", "English"),
    ("es", "Español"),
    ("ru", "Русский"),
    ("pl", "Polski"),
    ("ko", "한국어"),
]
LANGUAGE_CODE = "en"
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
FIRST_DAY_OF_WEEK = 1
FORMAT_MODULE_PATH = "godview.formats"
STATIC_URL = "/static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "godview.bundles.JoinedStaticFilesStorage"
            if STATIC_HASHED
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = not STATIC_HASHED
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
EMAIL_CONFIG = env.email_url_config(EMAIL_URL)
vars().update(EMAIL_CONFIG)

# -- Security -----------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "godview.unsent.refused_for_its_token"
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds())
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrf"
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# -- Logs ---------------------------------------------------------------------------------------

DJANGO_STRUCTLOG_CELERY_ENABLED = True
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lines": {"()": "godview.logs.formatter"},
    },
    "handlers": {"stdout": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["stdout"], "level": LOG_LEVEL},
}
