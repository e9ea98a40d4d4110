"""What duplicates offer to other parts.

from potok.records.public import merging
merging.followers.add("tasks", merging.Follower(…))       # references to records follow when records become one
merging.by_keys({(merging.PHONE, merging.phone(text))}, by=None)
"""

from potok.records.duplicates.finding import Alike, alike, by_keys
from potok.records.duplicates.followers import Follower, followers, named_by, quietly
from potok.records.duplicates.likeness import EMAIL, NAME, PHONE, TAX, email, phone, tax

__all__ = [
    "EMAIL", "NAME", "PHONE", "TAX", "Alike", "Follower", "alike", "by_keys", "email", "followers", "named_by", "phone",
    "quietly", "tax",
]  # fmt: skip
