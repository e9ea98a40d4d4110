"""An OpenID provider of others on loopback: allauth's own, with people whose password is `secret`.

    python -m tests.providers.openid_server PORT FOLDER

Its one client is called `potok` with the secret `open sesame`; `GET /register?uri=…` says where it may send people.
"""

import sys
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

PEOPLE = {
    "bob@firm.example": True,
    "carol@firm.example": False,
    "new@firm.example": True,
    "ann@elsewhere.example": True,
}


def settings(folder: Path) -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from django.conf import settings

    key = rsa.generate_private_key(65537, 2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    settings.configure(
        SECRET_KEY="x" * 50, ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, USE_TZ=True, SITE_ID=1,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "db.sqlite3")}},
        INSTALLED_APPS=[
            "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages",
            "allauth", "allauth.account", "allauth.idp.oidc",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware", "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        TEMPLATES=[{
            "BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
            "OPTIONS": {"context_processors": [
                "django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]},
        }],
        AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        SESSION_COOKIE_NAME="idp_session", CSRF_COOKIE_NAME="idp_csrf", LOGIN_URL="/accounts/login/",
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        ACCOUNT_LOGIN_METHODS={"email"}, ACCOUNT_RATE_LIMITS=False, ACCOUNT_EMAIL_VERIFICATION="none",
        ACCOUNT_SIGNUP_FIELDS=["email*", "password1*"], IDP_OIDC_PRIVATE_KEY=key.decode(),
    )  # fmt: skip


def fill() -> None:
    from allauth.account.models import EmailAddress
    from allauth.idp.oidc.models import Client
    from django.contrib.auth.models import User
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    for email, is_checked in PEOPLE.items():
        user = User.objects.create_user(email, email, "secret", first_name="Nina", last_name="Newcomer")
        EmailAddress.objects.create(user=user, email=email, verified=is_checked, primary=True)
    client = Client(id="potok", name="Potok", scopes="openid\nprofile\nemail", skip_consent=True)
    client.set_secret("open sesame")
    client.save()


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def main(port: int, folder: Path) -> None:
    import django

    settings(folder)
    django.setup()

    from allauth.idp.oidc.models import Client
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpRequest, HttpResponse
    from django.urls import include, path

    def register(request: HttpRequest) -> HttpResponse:
        client = Client.objects.get()
        client.set_redirect_uris([*client.get_redirect_uris(), request.GET["uri"]])
        client.save()
        return HttpResponse("registered")

    global urlpatterns
    urlpatterns = [
        path("register", register),
        path("accounts/", include("allauth.account.urls")),
        path("", include("allauth.idp.urls")),
    ]
    fill()
    make_server("127.0.0.1", port, get_wsgi_application(), handler_class=Quiet).serve_forever()


urlpatterns: list[object] = []

if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
