"""Samspel's addresses, noun by noun; each page module names its own."""

from samspel.web.pages import (
    about,
    applications,
    assessment,
    calls,
    constellations,
    desk,
    journal,
    registry,
    selection,
    sign_in,
    start,
    styleguide,
    work,
)

urlpatterns = [
    *start.urlpatterns,
    *about.urlpatterns,
    *styleguide.urlpatterns,
    *registry.urlpatterns,
    *calls.urlpatterns,
    *sign_in.urlpatterns,
    *work.urlpatterns,
    *constellations.urlpatterns,
    *applications.urlpatterns,
    *desk.urlpatterns,
    *assessment.urlpatterns,
    *selection.urlpatterns,
    *journal.urlpatterns,
]
