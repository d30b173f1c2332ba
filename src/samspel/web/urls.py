"""Samspel's addresses."""

from django.urls import path

from samspel.web.pages import start

urlpatterns = [
    path("", start.start, name="start"),
    path("language/<str:code>/", start.choose_language, name="language"),
]
