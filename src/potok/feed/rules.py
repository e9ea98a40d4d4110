"""What a post may be and who may do what to it. Values in, values out."""

from collections.abc import Iterable, Sequence

from potok.kit.errors import Forbidden, Missing, refusal
from potok.kit.words import _

ALL = "all"
LIKE, THANKS, DONE = "like", "thanks", "done"
REACTIONS = {LIKE: _("I like it"), THANKS: _("Thank you"), DONE: _("Understood")}
TEXT_LENGTH_MAX, TITLE_LENGTH_MAX, AUDIENCE_MAX = 20_000, 120, 50

SILENT = refusal("feed.post.empty", _("The post says nothing. Write something or attach a file."))
TOO_LONG = refusal("feed.text_too_long", _("The text is longer than {limit} characters. Attach it as a file instead."))
NOBODY = refusal("feed.post.nobody", _("Nobody would see the post. Say to whom it goes."))
UNKNOWN = refusal("feed.post.unknown_people", _("Somebody to whom the post goes is not there any more. Choose anew."))
OUTSIDERS = refusal("feed.outsiders", _("The feed is for people who work here."), family=Forbidden)
TOO_MANY = refusal(
    "feed.post.too_many", _("A post goes to {limit} people and departments at most. Choose “Everybody”.")
)
NO_ENTRY = refusal("feed.entry.missing", _("This post is not there any more, or you cannot see it."), family=Missing)
NOT_YOURS = refusal(
    "feed.post.anothers", _("This post was written by somebody else. Answer it instead."), family=Forbidden
)
NO_POST = refusal("feed.entry.no_post", _("This is no post: it tells what happened, and stays as it is."))
NO_REACTION = refusal("feed.reaction.unknown", _("There is no reaction “{kind}”. Use like, thanks or done."))
NOT_IMPORTANT = refusal("feed.post.not_important", _("Nobody has to say that he has read this post."))
EMPTY_COMMENT = refusal("feed.comment.empty", _("The comment is empty. Write something or attach a file."))
NO_COMMENT = refusal("feed.comment.missing", _("This comment is not there any more."), family=Missing)
ANOTHERS_COMMENT = refusal(
    "feed.comment.anothers", _("This comment was written by somebody else. Answer it instead."), family=Forbidden
)


def tidy(text: str, *, files: Sequence[int], is_comment: bool = False) -> str:
    """The text as it is kept, or a refusal."""
    kept = text.strip()
    if not kept and not files:
        raise (EMPTY_COMMENT if is_comment else SILENT)(place="text")
    if len(kept) > TEXT_LENGTH_MAX:
        raise TOO_LONG(place="text", limit=TEXT_LENGTH_MAX)
    return kept


def spelled(audience: Iterable[str], *, mentioned: Iterable[int]) -> list[str]:
    """The codes of an audience, each once; whoever is called by name sees the post, too."""
    named = dict.fromkeys(str(code).strip() for code in audience if str(code).strip())
    if not named:
        raise NOBODY(place="audience")
    if len(named) > AUDIENCE_MAX:
        raise TOO_MANY(place="audience", limit=AUDIENCE_MAX)
    return list(dict.fromkeys([*named, *(f"user_{person}" for person in mentioned)]))


def check_author(author: int | None, *, by: int | None, keeps: bool) -> None:
    """Refuse whoever neither wrote a post nor keeps the feed in order."""
    if by is not None and author != by and not keeps:
        raise NOT_YOURS()
