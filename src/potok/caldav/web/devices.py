"""The page of one's devices and published addresses, and what stands at such an address."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from potok.caldav import addresses, collections, devices, properties, rules, writing
from potok.caldav.models import Device
from potok.kit import doors
from potok.kit.calls import SCREEN
from potok.people.public import Person
from potok.ui import answers
from potok.ui.answers import Toast


@never_cache
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Draw the devices; connecting one shows its password, once."""
    shown: dict[str, Any] = {"connected": None}
    me = request.user
    if request.method == "POST":
        with doors.opened(request.user.pk, door=SCREEN) as call:
            given = request.POST
            made = devices.add(call, title=given.get("title", ""), reads=given.get("reads", ""))
            shown["connected"] = made
            shown["published"] = _address(made.password) if made.device.reads else ""
    shown |= {
        "devices": devices.of(request.user.pk or 0),
        "address": settings.PUBLIC_URL + addresses.ROOT,
        "collections": [(one.code, one.title) for one in collections.of(me)] if isinstance(me, Person) else [],
        "login": getattr(request.user, "email", ""),
    }
    return answers.draw(request, "caldav/devices.html", shown)


@login_not_required
@require_safe
def published(request: HttpRequest, secret: str) -> HttpResponse:
    """Tell whoever knows the secret what stands in a calendar."""
    device = devices.published(secret)
    if device is None:
        return HttpResponse(status=404)
    with translation.override(device.person.language):
        shelf = next((one for one in collections.of(device.person) if one.code == device.reads), None)
        if shelf is None:
            return HttpResponse(status=404)
        whole = writing.together([one.written for one in shelf.source.things()], title=shelf.title)
    return HttpResponse(
        whole.to_ical(), content_type=properties.TYPE, headers={"Cache-Control": "private, max-age=300"}
    )


@require_POST
def remove(request: HttpRequest, id: int) -> HttpResponse:
    """Disconnect a device."""
    device = Device.objects.filter(pk=id, person=request.user.pk).first()
    if device is None:
        raise rules.NOT_YOURS()
    with doors.opened(request.user.pk, door=SCREEN) as call:
        devices.revoke(call, device=device)
    return answers.go(request, reverse("caldav:devices"), toast=Toast(gettext("The device is disconnected")))


def _address(secret: str) -> str:
    return settings.PUBLIC_URL + reverse("caldav:published", args=[secret])
