"""A contract of our own for import-linter: parts meet only at their public face."""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class PublicFace(Contract):
    """No module outside a part imports anything of it but its face; `readers` assemble the product and may."""

    parts = fields.ListField(subfield=fields.StringField())
    faces = fields.ListField(subfield=fields.StringField())
    readers = fields.ListField(subfield=fields.StringField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        found = sorted(
            (importer, imported)
            for part in map(str, self.parts)  # type: ignore[arg-type]
            if part in graph.modules
            for imported in {part, *graph.find_descendants(part)} - self._face_of(graph, part)
            for importer in graph.find_modules_that_directly_import(imported)
            if not _is_inside(importer, part) and not self._may_read(importer)
        )
        return ContractCheck(kept=not found, metadata={"found": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["found"]:
            output.print_error(f"{importer} imports {imported}: ask its part's public.py or events.py for it")

    def _face_of(self, graph: ImportGraph, part: str) -> set[str]:
        faces = {f"{part}.{face}" for face in self.faces}  # type: ignore[attr-defined]
        return {module for module in graph.modules if any(_is_inside(module, face) for face in faces)}

    def _may_read(self, importer: str) -> bool:
        return any(_is_inside(importer, str(reader)) for reader in self.readers or [])  # type: ignore[attr-defined]


def _is_inside(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")
