"""How one signs in: the app, recovery codes, passkeys, where one is signed in, who tried to come in. And the same for
administrators: the log of all, and of whom more than a password is asked."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from potok.kit.doors import opened
from potok.people import one_time, passkeys, queries, rules, signing_in, signing_rules, ways
from potok.people.models import Authenticator, Passkey, Person, RecoveryCode, SignedIn, SignInRules, SignInTry
from potok.people.operations import factors, sessions
from potok.people.permissions import EDIT_PEOPLE
from potok.people.web.asked import me, needs, number
from potok.ui import answers
from potok.ui.answers import Toast

STATE = "passkey_making"
OWN_TRIES, ALL_TRIES = 20, 300
WAYS = {
    signing_in.PASSWORD: (gettext_lazy("by password"), "done"),
    signing_in.APP: (gettext_lazy("by password and a code of the app"), "done"),
    signing_in.RECOVERY: (gettext_lazy("by password and a recovery code"), "done"),
    signing_in.PASSKEY: (gettext_lazy("by a passkey"), "done"),
    signing_in.LINK: (gettext_lazy("by a link that sets a password"), "done"),
    signing_in.WRONG_PASSWORD: (gettext_lazy("wrong password"), "incident"),
    signing_in.WRONG_CODE: (gettext_lazy("wrong code"), "incident"),
    signing_in.WRONG_PASSKEY: (gettext_lazy("a passkey that is not known"), "incident"),
    signing_in.TOO_MANY: (gettext_lazy("too many codes"), "incident"),
}
ASKED_OF = (
    (SignInRules.NOBODY, gettext_lazy("Of nobody: who wants to, adds it")),
    (SignInRules.ADMINISTRATORS, gettext_lazy("Of administrators")),
    (SignInRules.EVERYBODY, gettext_lazy("Of everybody")),
)


@dataclass(frozen=True)
class Try:
    """A line of the log."""

    row: SignInTry
    how: str
    tone: str


@require_GET
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """Draw the page."""
    return render(request, "people/security.html", _shown(request))


@require_POST
@never_cache
def begin_app(request: HttpRequest) -> HttpResponse:
    """Show the picture that an app takes its secret from."""
    with opened(me(request).pk, door="screen") as call:
        secret = factors.begin_app(call, person=me(request))
    uri = one_time.uri(secret, email=me(request).email, issuer=passkeys.ISSUER)
    begun = {"picture": one_time.picture(uri), "secret": one_time.spelled(secret), "uri": uri}
    return render(request, "people/security.html", {**_shown(request), **begun})


@sensitive_post_parameters()
@require_POST
@never_cache
def confirm_app(request: HttpRequest) -> HttpResponse:
    """Count on the app, and show the recovery codes once."""
    signing_in.check_tries(request, me(request))
    with opened(me(request).pk, door="screen") as call:
        codes = factors.confirm_app(call, person=me(request), code=request.POST.get("code", ""))
    return render(request, "people/security.html", {**_shown(request), "codes": codes})


@sensitive_post_parameters()
@require_POST
def remove_app(request: HttpRequest) -> HttpResponse:
    """Do without the app."""
    with opened(me(request).pk, door="screen") as call:
        factors.remove_app(call, person=me(request), present=request.POST.get("present", ""))
    return answers.go(request, "/me/security", toast=Toast(_("Codes of the app are not asked for any more")))


@sensitive_post_parameters()
@require_POST
@never_cache
def renew_codes(request: HttpRequest) -> HttpResponse:
    """Draw other recovery codes and show them once."""
    with opened(me(request).pk, door="screen") as call:
        codes = factors.renew_codes(call, person=me(request), present=request.POST.get("present", ""))
    return render(request, "people/security.html", {**_shown(request), "codes": codes})


@require_POST
def ask_passkey(request: HttpRequest) -> JsonResponse:
    """Say what key the browser is to make."""
    known = list(Passkey.objects.filter(person=me(request)))
    options, request.session[STATE] = passkeys.ask_to_make(_host(request), person=me(request), known=known)
    return JsonResponse(options)


@require_POST
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Keep the key that the browser has made."""
    state = request.session.pop(STATE, None)
    made = passkeys.made(_host(request), state=state, answer=request.POST.get("answer", ""))
    with opened(me(request).pk, door="screen") as call:
        factors.add_passkey(call, person=me(request), made=made, title=request.POST.get("title", ""))
    return answers.go(request, "/me/security", toast=Toast(_("The passkey is kept")))


@sensitive_post_parameters()
@require_POST
def remove_passkey(request: HttpRequest, id: int) -> HttpResponse:
    """Know a key no more."""
    with opened(me(request).pk, door="screen") as call:
        factors.remove_passkey(call, person=me(request), passkey=id, present=request.POST.get("present", ""))
    return answers.go(request, "/me/security", toast=Toast(_("The passkey is removed")))


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """Sign out in another browser, or in all others."""
    with opened(me(request).pk, door="screen") as call:
        if request.POST.get("session"):
            sessions.end(call, person=me(request), session=number(request.POST.get("session")))
        else:
            sessions.end_others(call, person=me(request), but=request.session.session_key or "")
    return answers.go(request, "/me/security", toast=Toast(_("Signed out there")))


@require_http_methods(["GET", "POST"])
def log(request: HttpRequest) -> HttpResponse:
    """Draw the log of all, or keep of whom more than a password is asked."""
    if request.method == "POST":
        with opened(me(request).pk, door="screen") as call:
            sessions.demand(
                call,
                second_factor=request.POST.get("second_factor", ""),
                only_through_others="only_through_others" in request.POST,
            )
        return answers.go(request, "/people/sign-ins", toast=Toast(_("Settings are kept")))
    needs(request, EDIT_PEOPLE)
    if not me(request).is_administrator:
        raise rules.NEEDS_ADMINISTRATOR()
    typed = request.GET.get("q", "").strip().lower()
    found = SignInTry.objects.select_related("person").order_by("-at", "-pk")
    found = found.filter(email__contains=typed) if typed else found
    shown = {
        "tries": _tries(list(found[:ALL_TRIES])),
        "typed": typed,
        "asked_of": ASKED_OF,
        "second_factor": signing_rules.second_factor(),
        "only_through_others": signing_rules.is_only_through_others(),
        "has_other_ways": ways.has_any(),
        "without": [one for one in queries.active() if not signing_rules.has_factor(one)][:ALL_TRIES],
    }
    return answers.draw(request, "people/sign_ins.html", shown)


@require_POST
def reset(request: HttpRequest, id: int) -> HttpResponse:
    """Take everything beside the password from somebody who has lost it, and sign him out everywhere."""
    person = queries.person(id)
    with opened(me(request).pk, door="screen") as call:
        factors.reset(call, person=person)
        sessions.end_all(call, person=person)
    text = _("%(who)s signs in with the password alone, and sets up the rest anew") % {"who": person}
    return answers.go(request, f"/people/{id}", toast=Toast(text))


def _shown(request: HttpRequest) -> dict[str, Any]:
    person = me(request)
    return {
        "person": person,
        "app": Authenticator.objects.filter(person=person).exclude(confirmed_at=None).first(),
        "codes_left": RecoveryCode.objects.filter(person=person).count(),
        "passkeys": Passkey.objects.filter(person=person).order_by("pk"),
        "sessions": SignedIn.objects.filter(person=person).order_by("-seen_at"),
        "here": request.session.session_key,
        "tries": _tries(list(SignInTry.objects.filter(person=person).order_by("-at", "-pk")[:OWN_TRIES])),
        "lacks": signing_rules.lacks(person),
    }


def _tries(rows: list[SignInTry]) -> list[Try]:
    return [Try(row, *_told(row.how)) for row in rows]


def _told(how: str) -> tuple[str, str]:
    """In words how somebody came in or what was wrong, and its tone."""
    if how in WAYS:
        return str(WAYS[how][0]), WAYS[how][1]
    title = how.partition(":")[2]
    if ways.is_other(how):
        return _("through %(provider)s") % {"provider": title}, "done"
    return _("not let in through %(provider)s") % {"provider": title}, "incident"


def _host(request: HttpRequest) -> str:
    return request.get_host().partition(":")[0]


def person_has(person: Person) -> bool:
    """Tell whether there is anything to reset."""
    return signing_rules.has_factor(person)
