"""What mail offers to other parts.

from potok.mail.public import letters

letters.send(call.by_system(), sender=7, to="client@firm.example", subject=…, html=…)
"""

from potok.mail.models import Letter
from potok.mail.operations import letters
from potok.mail.queries import letter, visible_to

__all__ = ["Letter", "letter", "letters", "visible_to"]
