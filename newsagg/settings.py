"""All settings. What differs between machines comes from the environment.

The names are listed in docs/operators.md. Production differs from a laptop by
values, never by another settings file.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from . import environment
from .environment import BASE_DIR, env
from .secret_key import derived, secret_key

VAR_DIR = environment.var_dir()

DEBUG = env.bool("DEBUG", False)
SITE_NAME = env.str("SITE_NAME", "newsagg")
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
SEEDS_DIR = environment.folder("SEEDS_DIR", BASE_DIR / "seeds")
IMAGES = env.str("IMAGES", "direct")
if IMAGES not in ("direct", "proxy", "off"):
    raise ImproperlyConfigured(f"IMAGES is {IMAGES!r}; give direct, proxy or off.")


SECRET_KEY = secret_key(VAR_DIR, debug=DEBUG)
# A key of its own: pages are made anew with another one, and only where they sign.
PICTURES_KEY = derived(SECRET_KEY, "pictures") if IMAGES == "proxy" else ""
PICTURES_MB = environment.read(
    "PICTURES_MB", env.int, 500, "how many megabytes of pictures may be kept"
)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])

INSTALLED_APPS = [
    "newsagg.desk.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_filters",
    "articles",
]
MIDDLEWARE = [
    "newsagg.middleware.KeptConnections",
    "newsagg.schedule.Schedule",
    # Before all that makes or changes an answer: it keeps them whole.
    "newsagg.page_cache.PageCache",
    "django.middleware.security.SecurityMiddleware",
    "newsagg.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsagg.middleware.HeadersOnly",
    # Outside the next: it pads at random, and the ETag is of what was padded.
    "newsagg.middleware.GzippedText",
    "newsagg.middleware.ConditionalAnswers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Innermost: what the others write is no part of the page's moment.
    "newsagg.middleware.OneMoment",
]
ROOT_URLCONF = "newsagg.urls"
WSGI_APPLICATION = "newsagg.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            # Public pages never vary by user: no auth or messages processor here
            # but the two the admin cannot do without, which are lazy.
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "newsagg.context.site",
            ],
        },
    }
]

DATABASES = {"default": environment.database(VAR_DIR)}
environment.keep_private(VAR_DIR, environment.database_file(DATABASES["default"]))
# Connections stay open; `newsagg.connections` notices another database in their place.
DATABASES["default"] |= {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # Readers go on while an import writes; a writer takes its lock at once
        # and waits for another instead of failing half-way. People wait no longer
        # than this for an answer.
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            "PRAGMA cache_size=-8000; PRAGMA temp_store=MEMORY;"
        ),
    }
CACHES = {
    "default": environment.read(
        "CACHE_URL",
        env.cache_url,
        {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
        "locmemcache://, redis://HOST:6379/0 or dummycache://",
    )
}
if CACHES["default"]["BACKEND"].endswith("LocMemCache"):
    # Pages of 256 kB at most: what each process may take for them.
    CACHES["default"].setdefault("OPTIONS", {}).setdefault("MAX_ENTRIES", 400)
elif CACHES["default"]["BACKEND"].endswith("RedisCache"):
    # Who waits longer for a page that is kept has it made sooner.
    CACHES["default"]["OPTIONS"] = {
        "socket_connect_timeout": 0.25,
        "socket_timeout": 0.25,
    } | CACHES["default"].get("OPTIONS", {})

# One address names the server; without it mail is printed instead of sent.
_MAIL = env.email_url("EMAIL_URL", default="consolemail://")
EMAIL_BACKEND = _MAIL["EMAIL_BACKEND"]
EMAIL_HOST = _MAIL["EMAIL_HOST"]
EMAIL_PORT = _MAIL["EMAIL_PORT"]
EMAIL_HOST_USER = _MAIL["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = _MAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = _MAIL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _MAIL.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = _MAIL["EMAIL_FILE_PATH"]
EMAIL_TIMEOUT = 30
DIGEST_FROM = env.str("DIGEST_FROM", f"{SITE_NAME} <digest@localhost>")
DIGEST_UNSUBSCRIBE = env.str("DIGEST_UNSUBSCRIBE", "")

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = environment.time_zone()
HALF_LIFE = environment.half_life()
USE_TZ = True
USE_I18N = False

STATIC_URL = "/static/"
STATIC_ROOT = environment.folder("STATIC_ROOT", VAR_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "newsagg.static.CollectedFiles"
        if not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
        # Elsewhere they may be a web server's to read.
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
        if STATIC_ROOT.is_relative_to(VAR_DIR)
        else {},
    },
}
# What was not collected is served from where it lies.
WHITENOISE_USE_FINDERS = True

# Readers get no cookie: the session and the CSRF token live under /admin/ only.
SESSION_ENGINE = "newsagg.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60  # since it was last used, to within an hour
SESSION_COOKIE_PATH = "/admin/"
CSRF_COOKIE_PATH = "/admin/"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
_BEHIND_TLS = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _BEHIND_TLS
SECURE_HSTS_SECONDS = 31_536_000 if _BEHIND_TLS else 0
# Redirecting to https is the work of the server in front, which alone knows how the
# request came; other subdomains and browsers' preload lists are the owner's affair.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W008", "security.W021"]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Whose X-Forwarded-For is believed. Words that are no address say no more than that
# there is a proxy.
TRUSTED_PROXIES, PROXY_ON_SOCKET, UNREAD_PROXIES = environment.proxies()
if TRUSTED_PROXIES or PROXY_ON_SOCKET or UNREAD_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# The name and shape of Django 6's own setting, so that its middleware can take
# over from ours by deletion.
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "https:", "data:"] if IMAGES == "direct" else ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Scanners ask for other hosts all day; the answer, 400, is all that it takes.
    "loggers": {"django.security.DisallowedHost": {"level": "CRITICAL"}},
}
