"""Every address of the product: each part brings its own."""

from django.urls import URLPattern, URLResolver, path

from potok.site import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health", health.show, name="health"),
]

handler500 = "potok.site.failures.server_error"
