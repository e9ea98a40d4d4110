"""Every write of the feed."""

from potok.feed.operations import answering, posts, visiting

__all__ = ["answering", "posts", "visiting"]
