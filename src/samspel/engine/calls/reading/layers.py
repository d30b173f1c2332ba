"""The texts that a call is made of, laid over each other: the programme's, the call's own, then an overlay's.

An entry is found where it is said last, and may be said again only by naming the layer it replaces, so that no
number changes unseen; each keeps the file and layer it comes from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from samspel.engine.located import File
from samspel.engine.verdicts import Reason


@dataclass(frozen=True, slots=True)
class Placed:
    """One entry: its id, its table, the file and path where it stands, and the entry of an earlier layer under it."""

    id: str
    table: Mapping[str, object]
    file: File
    at: str
    layer: str
    under: Placed | None = None

    @property
    def replaces(self) -> str:
        """The layer whose entry this one replaces; empty for an entry said once."""
        value = self.table.get("replaces", "")
        return value if isinstance(value, str) else ""

    def only(self, allowed: str) -> None:
        """Blame every key that is not allowed here; `replaces` is always."""
        self.file.only(self.table, f"{allowed} replaces", self.at)

    def read[T](self, reader: Callable[[Placed], T]) -> T:
        """Read the entry, after those it replaces: what is wrong in an earlier layer is told though it is not used."""
        if self.under is not None:
            self.under.read(reader)
        return reader(self)


@dataclass(frozen=True, slots=True)
class Layers:
    """Files by layer, in the order in which they are laid over each other."""

    files: tuple[tuple[str, File], ...]

    def _lay(self, entries: Iterator[Placed]) -> tuple[Placed, ...]:
        found: dict[str, Placed] = {}
        for entry in entries:
            earlier = found.get(entry.id)
            if earlier is None and entry.replaces:
                entry.file.blame(f"{entry.at}.replaces", "nothing-to-replace", entry.replaces)
            elif earlier is not None and earlier.layer == entry.layer:
                entry.file.blame(f"{entry.at}.id", "unique", entry.id)
            elif earlier is not None and entry.replaces != earlier.layer:
                expected = Reason.of("expected.replaces", layer=earlier.layer, name=entry.id)
                entry.file.blame(entry.at, expected, entry.replaces or None)
            found[entry.id] = entry if earlier is None else replace(entry, under=earlier)
        return tuple(found.values())

    def named(self, key: str) -> tuple[Placed, ...]:
        """The entries of tables `[key.ID]`, each where it is said last."""
        return self._lay(self._named(key))

    def _named(self, key: str) -> Iterator[Placed]:
        *outer, inner = key.split(".")
        for layer, file in self.files:
            data: object = file.data
            for step in (*outer, inner):
                data = data.get(step, {}) if isinstance(data, Mapping) else {}
            if not isinstance(data, Mapping):
                file.blame(key, "table", data)
                continue
            for name, table in data.items():
                if isinstance(table, Mapping):
                    yield Placed(str(name), table, file, f"{key}.{name}", layer)
                else:
                    file.blame(f"{key}.{name}", "table", table)

    def listed(self, key: str) -> tuple[Placed, ...]:
        """The entries of arrays of tables `[[key]]` by their `id`, each where it is said last."""
        return self._lay(self._listed(key))

    def _listed(self, key: str) -> Iterator[Placed]:
        for layer, file in self.files:
            if key not in file.data:
                continue
            for at, table in file.tables(key):
                yield Placed(file.slug(table, "id", at), table, file, at, layer)

    def single(self, key: str) -> Placed:
        """The table `[key]` where it is said last; an empty one of the call where no layer has it."""
        found: Placed | None = None
        for layer, file in self.files:
            if key not in file.data:
                continue
            entry = Placed(key, file.take(file.data, key, dict, {}), file, key, layer)
            if found is None and entry.replaces:
                file.blame(f"{key}.replaces", "nothing-to-replace", entry.replaces)
            elif found is not None and entry.replaces != found.layer:
                file.blame(key, Reason.of("expected.replaces", layer=found.layer, name=key), entry.replaces or None)
            found = replace(entry, under=found)
        if found is not None:
            return found
        layer, file = next(one for one in self.files if one[0] == "call")
        return Placed(key, {}, file, key, layer)
