"""Start-up of mail: its names are registered, the outbox learns to carry letters, and letters follow merged records."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "potok.mail"
    label = "mail"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from potok.mail import attachments, carrying, notices, operations, people_letters, queries, screens  # noqa: F401
        from potok.mail.models import Letter
        from potok.records.public import merging

        attachments.register()
        merging.followers.add("mail", merging.named_by(Letter, _("Letters")))
