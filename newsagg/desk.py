"""Which site Django's admin is here."""

from __future__ import annotations

from django.contrib.admin.apps import SimpleAdminConfig


class DeskConfig(SimpleAdminConfig):
    """Without autodiscovery: only the addresses need the desk, and they ask for it."""

    default_site = "articles.accounts.site.DeskSite"
