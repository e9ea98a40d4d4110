"""Every write of mail: `letters.send(...)`, `letters.resend(...)`."""

from potok.mail.operations import letters

__all__ = ["letters"]
