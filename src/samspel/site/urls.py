"""The addresses of an installation: Samspel's own pages and the sign-in pages."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.account.urls")),
    path("", include("samspel.web.urls")),
]
handler403 = "samspel.web.refusals.forbidden"
handler404 = "samspel.web.refusals.not_found"
handler500 = "samspel.web.refusals.server_error"
