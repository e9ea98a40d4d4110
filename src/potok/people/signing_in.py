"""Who may come in with this e-mail and password, and with what else. Tries are counted for the address they come
from and for the login, and all of them are noted."""

from django.contrib.auth import authenticate
from django.http import HttpRequest
from procrastinate.contrib.django import app

from potok.kit import clock, sets
from potok.kit.errors import Refused
from potok.people import rules, ways
from potok.people.limits import Bucket
from potok.people.models import Person, SignedIn, SignInTry
from potok.people.ways import Proved

BY_LOGIN = Bucket("sign-in login", size=10, seconds=60)
BY_ADDRESS = Bucket("sign-in address", size=50, seconds=10)
BY_CODE = Bucket("second factor", size=5, seconds=60)
WRONG_PASSWORD, WRONG_CODE, WRONG_PASSKEY, TOO_MANY = "wrong_password", "wrong_code", "wrong_passkey", "too_many"
PASSWORD, APP, RECOVERY, PASSKEY, LINK = "password", "app", "recovery", "passkey", "link"
BROWSER_LETTERS = 200
SWEEP = """DELETE FROM people_signintry WHERE at < potok_now() - interval '180 days'"""
SWEEP_SESSIONS = """DELETE FROM people_signedin s WHERE NOT EXISTS
    (SELECT FROM django_session d WHERE d.session_key = s.session_key AND d.expire_date > now())"""


def admit(request: HttpRequest, *, email: str, password: str) -> Proved:
    """Find the person, or refuse without saying which of the two was wrong."""
    login = email.replace("\0", "").strip().lower()  # PostgreSQL takes no such sign, and nobody has it
    # Before the password is looked at: a dry bucket costs no hashing. A try counts even if it was right.
    check_address(request)
    if not BY_LOGIN.take(login):
        raise rules.TOO_MANY_ATTEMPTS(minutes=max(1, BY_LOGIN.seconds // 60))
    person = authenticate(request, username=login, password=password)
    proved = Proved(person, PASSWORD, False) if isinstance(person, Person) else _judged(request, login, password)
    if proved is None:
        note(request, how=WRONG_PASSWORD, email=login)
        raise rules.WRONG_SIGN_IN(place="password")
    BY_LOGIN.fill(login)
    return proved


def _judged(request: HttpRequest, login: str, password: str) -> Proved | None:
    try:
        return ways.judged(login, password=password)
    except Refused as refused:
        note(request, how=ways.refused(refused.fields.get("provider", "")), email=login)
        raise


def check_address(request: HttpRequest, *, bucket: Bucket = BY_ADDRESS) -> None:
    """Refuse to look at more than anybody tries from one address."""
    if not bucket.take(request.META.get("REMOTE_ADDR", "")):
        raise rules.TOO_MANY_ATTEMPTS(minutes=1)


def check_tries(request: HttpRequest, person: Person) -> None:
    """Refuse to look at more codes than anybody mistypes: six digits are soon tried out."""
    if not BY_CODE.take(str(person.pk)):
        note(request, how=TOO_MANY, person=person)
        raise rules.TOO_MANY_ATTEMPTS(minutes=max(1, BY_CODE.seconds // 60))


def note(request: HttpRequest, *, how: str, person: Person | None = None, email: str = "") -> None:
    """Write down that somebody came in or tried to."""
    found = person or Person.objects.filter(email=email).first()
    SignInTry.objects.create(
        person=found,
        email=found.email if found else email[:BROWSER_LETTERS],
        at=clock.now(),
        address=request.META.get("REMOTE_ADDR", ""),
        browser=browser(request),
        how=how,
    )


def remember(request: HttpRequest, person: Person) -> None:
    """Keep where the person is signed in now."""
    if not request.session.session_key:
        request.session.save()
    at = clock.now()
    SignedIn.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "person": person,
            "began_at": at,
            "seen_at": at,
            "address": request.META.get("REMOTE_ADDR", ""),
            "browser": browser(request),
        },
    )


def browser(request: HttpRequest) -> str:
    """What the browser says of itself."""
    return request.headers.get("User-Agent", "")[:BROWSER_LETTERS]


@app.periodic(cron="50 3 * * *")
@app.task(name="potok.people.sweep_sign_ins", queueing_lock="potok.people.sweep_sign_ins")
def sweep(timestamp: int) -> None:
    """Forget tries of half a year ago, and browsers whose session is over."""
    sets.execute(SWEEP)
    sets.execute(SWEEP_SESSIONS)
