"""What roles may grant of the feed."""

from django.utils.translation import gettext_lazy as _

from potok.kit.permissions import permission

KEEP = permission("feed.post.keep", _("Keep the feed in order: pin, change and remove posts of others"))
