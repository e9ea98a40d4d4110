"""Addresses of leads beside those that every record has."""

from django.urls import path

from potok.crm.leads.web import conversion, forms, public_form

app_name = "leads"
urlpatterns = [
    path("leads/<int:id>/conversion", conversion.convert, name="conversion"),
    path("settings/forms/", forms.show, name="forms"),
    path("settings/forms/new", forms.add, name="form_new"),
    path("settings/forms/<int:id>", forms.change, name="form"),
    path("settings/forms/<int:id>/closure", forms.close, name="form_closure"),
    path("settings/forms/<int:id>/opening", forms.open_, name="form_opening"),
    path("f/<str:secret>", public_form.show, name="public_form"),
    path("f/<str:secret>/thanks", public_form.thanks, name="public_thanks"),
]
