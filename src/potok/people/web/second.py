"""The second factor: a code of the app, a recovery code, or a passkey; and a passkey alone, which is enough."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.people import half_in, passkeys, rules, signing_in, ways
from potok.people.coming_in import come_in, wanted
from potok.people.models import Authenticator, Passkey, Person
from potok.people.operations import factors

STATE = "passkey_state"


@login_not_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """Ask for the code, and let in with it."""
    try:
        half = half_in.current(request)
    except Refused:
        return HttpResponseRedirect("/sign-in", status=303)
    if request.method == "GET":
        return _draw(request, half.person)
    try:
        signing_in.check_tries(request, half.person)
        with opened(None, door="screen") as call:
            how = factors.prove(call, person=half.person, code=request.POST.get("code", ""))
    except Refused as refused:
        if refused.code == rules.WRONG_CODE_GIVEN.code:
            signing_in.note(request, how=signing_in.WRONG_CODE, person=half.person)
        return _draw(request, half.person, error=refused.sentence())
    signing_in.BY_CODE.fill(str(half.person.pk))
    # Whoever came through a provider came through it, whatever else he proved himself with.
    way = half.how if ways.is_other(half.how) else how
    return come_in(request, person=half.person, url=half.url, how=way)


@login_not_required
@never_cache
@require_POST
def ask(request: HttpRequest) -> JsonResponse:
    """Say what the browser is to prove with a passkey."""
    options, request.session[STATE] = passkeys.ask_to_use(_host(request))
    return JsonResponse(options)


@login_not_required
@never_cache
@require_POST
def prove(request: HttpRequest) -> HttpResponse:
    """Let in whoever a passkey proves; a finger, a face or a PIN opened it, so nothing else is asked."""
    signing_in.check_address(request)
    try:
        state = request.session.pop(STATE, None)
        used = passkeys.used(_host(request), state=state, answer=request.POST.get("answer", ""))
        if not used.passkey.person.is_active:
            raise rules.WRONG_PASSKEY()
    except Refused:
        signing_in.note(request, how=signing_in.WRONG_PASSKEY)
        raise
    url = half_in_url(request)
    Passkey.objects.filter(pk=used.passkey.pk).update(count=used.count, used_at=clock.now())
    answer = come_in(request, person=used.passkey.person, url=url, how=signing_in.PASSKEY)
    entered = HttpResponse(status=204, headers={"HX-Redirect": url})
    entered.cookies = answer.cookies
    return entered


def half_in_url(request: HttpRequest) -> str:
    """Where whoever comes in wants to go."""
    try:
        return half_in.current(request).url
    except Refused:
        return wanted(request)


def _draw(request: HttpRequest, person: Person, *, error: str = "") -> HttpResponse:
    shown = {
        "error": error,
        "has_app": Authenticator.objects.filter(person=person).exclude(confirmed_at=None).exists(),
        "has_passkey": Passkey.objects.filter(person=person).exists(),
    }
    return render(request, "people/second.html", shown, status=422 if error else 200)


def _host(request: HttpRequest) -> str:
    return request.get_host().partition(":")[0]
