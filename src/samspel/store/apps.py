"""The one Django app."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Samspel's rows, under the label `store`."""

    name = "samspel.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
