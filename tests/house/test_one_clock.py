"""There is one clock, in `samspel.site`; a row, a rule and an action are told what time it is.

The style checker bars the clocks it can see by name. Django's rows can also read one unseen, and are asked here.
"""

from __future__ import annotations

from django.apps import apps
from django.db import models

TAKES = "give it the `at` of the action that writes it"


def test_no_row_reads_the_clock_by_itself():
    wrong = [
        f"{field.model.__name__}.{field.name}: {TAKES}"
        for model in apps.get_app_config("store").get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.DateField | models.TimeField)
        and (field.auto_now or field.auto_now_add or field.has_default() or field.has_db_default())
    ]
    assert not wrong, "\n".join(wrong)
