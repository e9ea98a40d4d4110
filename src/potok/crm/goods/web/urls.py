"""Addresses of goods, beside those that every record type has."""

from django.urls import path

from potok.crm.goods.web import lines, prices

app_name = "goods"
urlpatterns = [
    path("lines/find", lines.find, name="find"),
    path("lines/<str:type>/<int:id>/", lines.show, name="lines"),
    path("lines/<str:type>/<int:id>/change", lines.change, name="change"),
    path("lines/<str:type>/<int:id>/order", lines.order, name="order"),
    path("lines/<str:type>/<int:id>/following", lines.follow, name="following"),
    path("lines/<str:type>/<int:id>/<int:line>/removal", lines.remove, name="removal"),
    path("products/<int:id>/prices/<int:list_id>", prices.keep, name="price"),
    path("settings/rates/", prices.rates, name="rates"),
    path("settings/rates/<int:id>/removal", prices.remove_rate, name="rate_removal"),
]
