"""One measurement: what was done, how large it was, and the time it took here and in the peer."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """A measurement beside a peer; seconds, and `ratio` = peer_s / ours_s (above 1: Samspel is faster).

    `n` is the size of the work and `note` says what was measured and on how many instances. `peer_s` and
    `ratio` are None when the peer is not installed.
    """

    name: str
    n: int
    peer: str
    ours_s: float
    peer_s: float | None
    ratio: float | None
    note: str

    @classmethod
    def of(cls, *, name: str, n: int, peer: str, ours_s: float, peer_s: float | None, note: str) -> Record:
        """Make a record from the two times.

        >>> Record.of(name="selection", n=12, peer="a solver", ours_s=0.5, peer_s=2.0, note="").ratio
        4.0
        """
        ratio = None if peer_s is None else round(peer_s / ours_s, 2)
        return cls(name=name, n=n, peer=peer, ours_s=ours_s, peer_s=peer_s, ratio=ratio, note=note)

    def as_json(self) -> str:
        """Write the record as one JSON object on one line, seconds to the microsecond.

        >>> Record.of(name="selection", n=12, peer="a solver", ours_s=0.5, peer_s=2.0, note="").as_json()
        '{"name": "selection", "n": 12, "peer": "a solver", "ours_s": 0.5, "peer_s": 2.0, "ratio": 4.0, "note": ""}'
        """
        values = asdict(self)
        for field in ("ours_s", "peer_s"):
            if values[field] is not None:
                values[field] = round(values[field], 6)
        return json.dumps(values, ensure_ascii=False)
