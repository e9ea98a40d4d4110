"""What people put into the shell: a line of the rail, lines of one's own menu."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from potok.people import access
from potok.people.permissions import EDIT_HOURS, EDIT_ROLES
from potok.ui.slots import MenuEntry, RailEntry, me, rail


def _edits_roles(request: HttpRequest) -> bool:
    return access.may(request.user.pk, permission=EDIT_ROLES)


def _edits_hours(request: HttpRequest) -> bool:
    return access.may(request.user.pk, permission=EDIT_HOURS)


rail.add(RailEntry("people", _("People"), "users-round", "/people/", group=_("Company"), order=800))
rail.add(RailEntry("roles", _("Roles"), "shield", "/roles/", group=_("Company"), order=810, visible=_edits_roles))
rail.add(
    RailEntry(
        "working_time",
        _("Working time"),
        "clock",
        "/working-time/",
        group=_("Company"),
        order=805,
        visible=_edits_hours,
    )
)
rail.add(
    RailEntry(
        "sign_ins",
        _("Sign-ins"),
        "door-open",
        "/people/sign-ins",
        group=_("Company"),
        order=815,
        visible=lambda request: bool(getattr(request.user, "is_administrator", False)),
    )
)
me.add(MenuEntry("profile", _("My settings"), "settings-2", "/me", order=10))
me.add(MenuEntry("security", _("How I sign in"), "lock", "/me/security", order=15))
me.add(MenuEntry("sign_out", _("Sign out"), "log-out", "/sign-out", order=100, post=True))
