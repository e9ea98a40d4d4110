"""Addresses of the feed: the path names the thing, the verb of HTTP says what is done with it."""

from django.urls import path

from potok.feed.web import acts, compose, show, whom

app_name = "feed"
urlpatterns = [
    path("feed/", show.show, name="show"),
    path("feed/fresh", show.fresh, name="fresh"),
    path("feed/whom", whom.find, name="whom"),
    path("feed/posts", compose.post, name="posts"),
    path("feed/draft", compose.draft, name="draft"),
    path("feed/<int:id>/", show.entry, name="entry"),
    path("feed/<int:id>/edit", compose.edit, name="edit"),
    path("feed/<int:id>/removal", acts.remove, name="removal"),
    path("feed/<int:id>/pin", acts.pin, name="pin"),
    path("feed/<int:id>/comments", acts.comment, name="comments"),
    path("feed/<int:id>/comments/<int:comment>/removal", acts.take_back, name="comment_removal"),
    path("feed/<int:id>/reaction", acts.react, name="reaction"),
    path("feed/<int:id>/acknowledgement", acts.acknowledge, name="acknowledgement"),
    path("feed/<int:id>/readers", acts.readers, name="readers"),
    path("feed/<int:id>/reminder", acts.remind, name="reminder"),
]
