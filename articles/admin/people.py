"""Who may sit at the desk: Django's own lists of users and groups, within bounds."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User

from .bounds import Bounded

admin.site.unregister([User, Group])


@admin.register(User)
class UserDesk(Bounded, UserAdmin):
    made_here = True


@admin.register(Group)
class GroupDesk(Bounded, GroupAdmin):
    made_here = True
