"""The pages as a Django app, for its templates and translations."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Samspel's pages."""

    name = "samspel.web"
    label = "web"
