"""The page of one's devices: how a phone is connected, and which ones are."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from potok.caldav import addresses, devices, rules
from potok.caldav.models import Device
from potok.kit import doors
from potok.kit.calls import SCREEN
from potok.ui import answers
from potok.ui.answers import Toast


@never_cache
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Draw the devices; connecting one shows its password, once."""
    shown: dict[str, Any] = {"connected": None}
    if request.method == "POST":
        with doors.opened(request.user.pk, door=SCREEN) as call:
            shown["connected"] = devices.add(call, title=request.POST.get("title", ""))
    shown |= {
        "devices": devices.of(request.user.pk or 0),
        "address": settings.PUBLIC_URL + addresses.ROOT,
        "login": getattr(request.user, "email", ""),
    }
    return answers.draw(request, "caldav/devices.html", shown)


@require_POST
def remove(request: HttpRequest, id: int) -> HttpResponse:
    """Disconnect a device."""
    device = Device.objects.filter(pk=id, person=request.user.pk).first()
    if device is None:
        raise rules.NOT_YOURS()
    with doors.opened(request.user.pk, door=SCREEN) as call:
        devices.revoke(call, device=device)
    return answers.go(request, reverse("caldav:devices"), toast=Toast(gettext("The device is disconnected")))
