"""The addresses of an installation: Samspel's own pages and the sign-in pages."""

from django.urls import include, path

from samspel.web.refusals import not_found

urlpatterns = [
    # An address is changed by the authority that opened the account, through the door for writes, and not here.
    path("account/email/", not_found),
    path("account/", include("allauth.account.urls")),
    path("", include("samspel.web.urls")),
]
handler400 = "samspel.web.refusals.bad_request"
handler403 = "samspel.web.refusals.forbidden"
handler404 = "samspel.web.refusals.not_found"
handler500 = "samspel.web.refusals.server_error"
