"""Settings of an installation. Everything that differs between installations comes from the environment.

SAMSPEL_DATA        folder for the embedded database and the secret key (default: var/ in the project)
DATABASE_URL        postgresql://… for PostgreSQL; the embedded SQLite is used when it is not set
SAMSPEL_SECRET_KEY  the signing key; made and kept in SAMSPEL_DATA when it is not set
SAMSPEL_HOSTS       comma-separated host names that the site answers to
SAMSPEL_HTTPS       1 when the site is reached over https: cookies are then sent over https only
SAMSPEL_MAIL        the mail server, smtp+tls://user:password@host:587; without it mail is written to files
SAMSPEL_MAIL_FROM   the sender of mail
SAMSPEL_DEMO        1 marks the site as a demonstration and offers one-click sign-in
SAMSPEL_DEMO_DATA, SAMSPEL_DEMO_DATABASE  the same two for `samspel demo`, which never uses those above
SAMSPEL_DEBUG       1 shows error pages with detail; never on a public site
"""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import environ
from django.utils.csp import CSP

env = environ.Env()

PROJECT = Path(__file__).resolve().parents[3]
PACKAGE = Path(__file__).resolve().parents[1]
DATA = Path(env.str("SAMSPEL_DATA", default=str(PROJECT / "var")))
DATA.mkdir(parents=True, exist_ok=True)

DEMO: bool = env.bool("SAMSPEL_DEMO", default=False)
DEBUG: bool = env.bool("SAMSPEL_DEBUG", default=False)
HTTPS: bool = env.bool("SAMSPEL_HTTPS", default=False)


def _secret_key() -> str:
    """The key from the environment, or one made once and kept beside the database, readable by its owner only."""
    given = env.str("SAMSPEL_SECRET_KEY", default="")
    if given:
        return given
    kept = DATA / "secret-key"
    if not kept.exists():
        fresh = DATA / f"secret-key.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50), encoding="utf-8")
        with contextlib.suppress(FileExistsError):
            os.link(fresh, kept)  # the first of several processes wins, and none reads a half-written key
        fresh.unlink()
    return kept.read_text(encoding="utf-8")


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.list("SAMSPEL_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])

INSTALLED_APPS = [
    "samspel.store",
    "samspel.web",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "samspel.web.refusals.RefusalMiddleware",
]
ROOT_URLCONF = "samspel.site.urls"
WSGI_APPLICATION = "samspel.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "samspel.web.frame.frame",
            ],
            "builtins": ["samspel.web.templatetags.samspel"],
        },
    }
]


def _database() -> dict[str, Any]:
    """PostgreSQL by one variable; else SQLite with settings that keep what was accepted.

    IMMEDIATE takes the write lock when a transaction begins, so that writers queue instead of failing;
    synchronous=FULL makes a commit survive a power cut; WAL lets readers go on meanwhile.
    """
    if env.str("DATABASE_URL", default=""):
        database: dict[str, Any] = dict(env.db_url("DATABASE_URL"))
        database |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
        return database
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "samspel.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA mmap_size=134217728;"
                "PRAGMA journal_size_limit=27103364;PRAGMA cache_size=-20000;PRAGMA temp_store=MEMORY;"
            ),
        },
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 300}},
}

AUTH_USER_MODEL = "store.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "work"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_ADAPTER = "samspel.web.accounts.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "start"
ACCOUNT_PRESERVE_USERNAME_CASING = False


def _mailer() -> dict[str, Any]:
    """The mail server from the environment; without one, mail is written to files in the data folder."""
    server = urlsplit(env.str("SAMSPEL_MAIL", default=""))
    if not server.hostname:
        return {"BACKEND": "django.core.mail.backends.filebased.EmailBackend", "OPTIONS": {"file_path": DATA / "mail"}}
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": server.hostname,
            "port": server.port or 587,
            "username": unquote(server.username or ""),
            "password": unquote(server.password or ""),
            "use_tls": server.scheme == "smtp+tls",
        },
    }


MAILERS = {"default": _mailer()}
DEFAULT_FROM_EMAIL = env.str("SAMSPEL_MAIL_FROM", default="samspel@localhost")

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
if HTTPS:
    # The web server in front must set X-Forwarded-Proto itself and drop what a visitor sends under that name.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "samspel.web.refusals.form_not_trusted"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STATIC_ROOT = DATA / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
