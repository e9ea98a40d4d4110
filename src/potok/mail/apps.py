"""Start-up of mail: its names are registered, and the outbox learns to carry letters."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "potok.mail"
    label = "mail"

    def ready(self) -> None:
        from potok.mail import carrying, operations, queries, screens  # noqa: F401
