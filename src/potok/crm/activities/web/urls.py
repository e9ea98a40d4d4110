"""Addresses of activities beside those that every record has."""

from django.urls import path

from potok.crm.activities.web import card, form

app_name = "activities"
urlpatterns = [
    path("activities/plan", form.plan, name="plan"),
    path("activities/<int:id>/state", card.show, name="state"),
    path("activities/<int:id>/completion", card.completion, name="completion"),
    path("activities/<int:id>/completion/undo", card.reopening, name="reopening"),
]
