"""One's own page: how the product looks and speaks, the photo, the password."""

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from potok.kit.doors import opened
from potok.kit.errors import MISSING
from potok.people.coming_in import dressed
from potok.people.models import SignedIn
from potok.people.operations import passwords, photos, profiles
from potok.people.web.asked import me
from potok.ui import answers, zones
from potok.ui.answers import Toast

THEMES = (
    ("system", gettext_lazy("As on this computer")),
    ("light", gettext_lazy("Light")),
    ("dark", gettext_lazy("Dark")),
)
DENSITIES = (
    ("dense", pgettext_lazy("rows", "Dense")),
    ("normal", pgettext_lazy("rows", "Normal")),
    ("roomy", pgettext_lazy("rows", "Roomy")),
)
WEEK_SECONDS = 7 * 24 * 60 * 60


@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Show the page, or keep what was chosen on it."""
    if request.method == "GET":
        return render(request, "people/profile.html", _shown(request))
    chosen = {place: request.POST.get(place) for place in ("language", "zone", "theme", "density")}
    with opened(me(request).pk, door="screen") as call:
        person = profiles.change(call, person=me(request), **chosen)
    # The page that follows, and the toast on it, speak the language that was just chosen.
    with translation.override(person.language):
        return dressed(answers.go(request, "/me", toast=Toast(_("Settings are kept"))), person=person)


@require_POST
def phones(request: HttpRequest) -> HttpResponse:
    """Keep one's own phones."""
    given = {place: request.POST.get(place) for place in ("phone", "inner_phone")}
    with opened(me(request).pk, door="screen") as call:
        profiles.change(call, person=me(request), **given)
    return answers.go(request, "/me", toast=Toast(_("The phones are kept")))


@require_POST
def photo(request: HttpRequest) -> HttpResponse:
    """Keep a photo of oneself."""
    given = request.FILES.get("photo")
    with opened(me(request).pk, door="screen") as call:
        photos.set_(call, person=me(request), picture=given.read() if given else b"")
    return answers.go(request, "/me", toast=Toast(_("The photo is set")))


@sensitive_post_parameters()
@require_POST
def password(request: HttpRequest) -> HttpResponse:
    """Change one's password; this session goes on, others end."""
    person = me(request)
    with opened(person.pk, door="screen") as call:
        passwords.change(
            call, person=person, present=request.POST.get("present", ""), password=request.POST.get("password", "")
        )
    before = request.session.session_key or ""
    update_session_auth_hash(request, person)
    # The session goes on under another key; where else he was signed in, the old password counts no more.
    SignedIn.objects.filter(person=person).exclude(session_key=before).delete()
    SignedIn.objects.filter(session_key=before).update(session_key=request.session.session_key)
    return answers.go(request, "/me", toast=Toast(_("The password is changed")))


@require_GET
def picture(request: HttpRequest, name: str) -> FileResponse:
    """Give a photo; its name is its content, so it never changes."""
    place = photos.folder() / name
    if not place.is_file():
        raise MISSING(id=name)
    response = FileResponse(place.open("rb"), content_type="image/webp")
    response["Cache-Control"] = f"private, max-age={WEEK_SECONDS}, immutable"
    return response


def _shown(request: HttpRequest) -> dict[str, object]:
    return {
        "person": me(request),
        "languages": settings.LANGUAGES,
        "zones": zones.options(me(request).zone),
        "themes": THEMES,
        "densities": DENSITIES,
    }
