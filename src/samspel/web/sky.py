"""The sky of Sweden as the part `parts/sky.html` draws it: each star leads to its organisation's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

if TYPE_CHECKING:
    from samspel.store.queries.sky import Sky


def drawn(sky: Sky, *, caption: str, legend: bool = True) -> dict[str, Any]:
    """The context of the part. A list of the same organisations and lines must stand beside it."""
    return {
        "view_box": sky.view_box,
        "counties": sky.counties,
        "stars": [
            {
                "key": star.key,
                "name": star.name,
                "kind": star.kind,
                "x": star.x,
                "y": star.y,
                "dim": star.dim,
                "url": reverse("organisation", args=[star.key]),
            }
            for star in sky.stars
        ],
        "lines": sky.lines,
        "caption": caption,
        "legend": legend,
    }
