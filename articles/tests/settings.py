"""The settings of the suite: the site's own, from an environment that asks for nothing.

Values that a machine may set otherwise are laid down here, so that the suite is the
same everywhere. Only the database and the cache can be chosen from outside.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_var = tempfile.mkdtemp(prefix="newsagg-tests-")
atexit.register(shutil.rmtree, _var, ignore_errors=True)
os.environ |= {
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "DEBUG": "0",
    "IMAGES": "direct",
    "SECRET_KEY": "only for tests, where nothing is secret",
    "SITE_NAME": "newsagg",
    "SITE_URL": "http://news.example",
    "TIME_ZONE": "UTC",
    "TRUSTED_PROXIES": "",
    "VAR_DIR": _var,
}
# Tests count what a page costs; those of kept pages ask for a cache.
os.environ.setdefault("CACHE_URL", "dummycache://")
for name in (
    "HALF_LIFE",
    "SEEDS_DIR",
    "STATIC_ROOT",
    "EMAIL_URL",
    "DIGEST_FROM",
    "DIGEST_UNSUBSCRIBE",
):
    os.environ.pop(name, None)

from newsagg.settings import *  # noqa: E402, F403 - the environment had to come first

# Pages render without collectstatic; test_static.py builds what production serves.
STORAGES["staticfiles"] = {  # noqa: F405 - from the site's settings
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
STATIC_ROOT.mkdir()  # noqa: F405 - whitenoise warns of a folder that is not there
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
