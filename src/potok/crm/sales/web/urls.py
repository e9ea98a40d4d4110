"""Addresses of sales, beside those that every record type has."""

from django.urls import path

from potok.crm.sales.web import payments, printing, settings, tools

app_name = "sales"
urlpatterns = [
    path("papers/<str:kind>/from/<str:type>/<int:id>", tools.draw_up, name="drawing_up"),
    path("papers/<str:kind>/<int:id>/number", tools.issue, name="issue"),
    path("invoices/<int:id>/cancellation", tools.cancel, name="cancellation"),
    path("invoices/<int:id>/payments", payments.add, name="payments"),
    path("invoices/<int:id>/payments/<int:payment>/removal", payments.remove, name="payment_removal"),
    path("invoices/<int:id>/print", printing.show, name="print"),
    path("settings/sales/", settings.show, name="settings"),
    path("settings/sales/numbers/<str:kind>", settings.keep_numbering, name="numbering"),
    path("settings/sales/stages/<int:id>", settings.keep_stage, name="paid_stage"),
]
