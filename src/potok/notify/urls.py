"""Addresses of notices, mounted by the site at the root; those of the inbox stand in `web/urls.py`."""

from django.urls import path

from potok.notify.web import channels, notices, wishes, worker

app_name = "notices"
urlpatterns = [
    path("notices/", notices.show, name="show"),
    path("notices/<int:id>", notices.follow, name="follow"),
    path("notices/seen", notices.see_all, name="see_all"),
    path("notices/arrivals", notices.arrivals, name="arrivals"),
    path("notices/<int:id>/silence", wishes.mute, name="mute"),
    path("me/notices", wishes.show, name="wishes"),
    path("me/notices/muted/<int:id>/removal", wishes.unmute, name="unmute"),
    path("me/notices/browsers", wishes.add_device, name="devices"),
    path("me/notices/browsers/<int:id>/removal", wishes.remove_device, name="device_removal"),
    path("push-worker.js", worker.script, name="worker"),
    path("channels/", channels.show, name="channels"),
    path("channels/xmpp", channels.set_xmpp, name="set_xmpp"),
    path("channels/xmpp/trial", channels.test_xmpp, name="test_xmpp"),
    path("channels/push", channels.set_push, name="set_push"),
    path("channels/<str:name>/retry", channels.retry, name="retry"),
    path("channels/<str:name>/note", channels.forget, name="forget"),
]
