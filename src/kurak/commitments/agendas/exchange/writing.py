"""An agenda as a file: the whole document (YAML, JSON), its parts as rows (CSV, XLSX), or an SDMX codelist."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

from kurak.commitments.agendas import queries, trees
from kurak.commitments.agendas.declared import kind_called
from kurak.commitments.agendas.models import Agenda, Commitment, Step, Version
from kurak.commitments.agendas.plainly import plain
from kurak.ground.languages.declared import BY_CODE
from kurak.ground.publishing.writing import harmless
from kurak.instruments.catalogue.yaml_writing import as_yaml

FORMS = ("yaml", "json", "csv", "xlsx", "xml")
MEDIA_TYPES = {
    "yaml": "application/yaml; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/vnd.sdmx.structure+xml; version=2.1",
}
DAYS = ("adopted", "holds_from", "holds_until", "checked")


def written(agenda: Agenda, form: str, version: Version | None = None) -> bytes:
    """The agenda in the form asked for, in its newest version unless another is given."""
    version = version or queries.newest_of(agenda)
    tree = version.document if version else {"provisions": []}
    match form:
        case "csv":
            return as_csv(agenda, tree)
        case "xlsx":
            return as_workbook(agenda, tree)
        case "xml":
            return as_codelist(agenda, tree, version)
    document = document_of(agenda, version)
    text = as_yaml(document) if form == "yaml" else json.dumps(document, ensure_ascii=False, indent=1)
    return text.encode()


def document_of(agenda: Agenda, version: Version | None) -> dict[str, Any]:
    """Everything that bring_agenda would make the same agenda of."""
    said: dict[str, Any] = {
        "code": agenda.code, "kind": agenda.kind, "title": plain(agenda.title), "summary": plain(agenda.summary),
        "level": agenda.level, "place": agenda.place.code, "owner": agenda.owner.slug if agenda.owner else None,
        **{name: _day(getattr(agenda, name)) for name in DAYS},
        "source": agenda.source, "url": agenda.url, "licence": agenda.licence,
        "verified": None if agenda.verified else False,
        "version": {"label": version.label, "dated": _day(version.dated), "note": version.note} if version else None,
        "provisions": version.document.get("provisions") if version else [],
        "participations": [_participation(each) for each in queries.participations_of(agenda)],
        "commitments": [
            _commitment(each) for each in queries.commitments_of(agenda).prefetch_related("steps", "partners")
        ],
    }  # fmt: skip
    return _filled(said)


def _participation(each: Any) -> dict[str, Any]:
    days = {name: _day(getattr(each, name)) for name in ("signed_on", "consented_on", "holds_from", "as_of")}
    said = {"place": each.place.code, "status": each.status, "consent": each.consent, **days,
            "consented_year": each.consented_year, "note": each.note,
            "source": each.source, "verified": None if each.verified else False}  # fmt: skip
    return _filled(said)


def _commitment(each: Commitment) -> dict[str, Any]:
    refs = [
        row.code if row.agenda_id == each.agenda_id else f"{row.agenda.code}/{row.code}"
        for row in each.provisions.select_related("agenda")
    ]
    said = {
        "code": each.code, "title": plain(each.title), "text": plain(each.text), "provisions": refs,
        "level": each.level,
        "place": each.place.code, "owner": each.owner.slug if each.owner else None, "owner_name": each.owner_name,
        "partners": [partner.slug for partner in each.partners.all()], "starts": _day(each.starts),
        "deadline": _day(each.deadline), "status": each.status, "status_since": _day(each.status_since),
        "status_why": each.status_why, "source": each.source, "url": each.url,
        "verified": None if each.verified else False, "steps": [_step(step) for step in each.steps.all()],
    }  # fmt: skip
    return _filled(said)


def _step(step: Step) -> dict[str, Any]:
    days = {name: _day(getattr(step, name)) for name in ("starts", "due", "done_on")}
    said = {"title": plain(step.title), "owner_name": step.owner_name, **days, "dropped": step.dropped or None}
    return _filled(said | {"note": step.note})


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _filled(said: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in said.items() if value not in (None, "", [], {})}


# Rows


def table_of(agenda: Agenda, tree: Mapping[str, Any]) -> tuple[list[str], list[list[Any]]]:
    """(columns, rows) of the parts, as exchange/rows.py reads them back."""
    everything = trees.placed(tree)
    texts = [each.node.get(key) for each in everything for key in ("title", "text")]
    spoken = [code for code in BY_CODE if any(_body(text, code) for text in texts)]
    facts = [fact.code for fact in kind_called(agenda.kind).facts]
    columns = ["code", "parent", "kind", *(f"title_{code}" for code in spoken), *(f"text_{code}" for code in spoken)]
    columns += [
        "place",
        "holds_from",
        "holds_until",
        "verified",
        *trees.RELATIONS,
        *(f"about_{code}" for code in facts),
    ]
    return columns, [_row(agenda, each, spoken, facts) for each in everything]


def _row(agenda: Agenda, each: trees.Placed, spoken: list[str], facts: list[str]) -> list[Any]:
    node = each.node
    kind = node.get("kind") or kind_called(agenda.kind).part(each.depth).code
    cells = [each.code, each.parent, kind]
    cells += [_body(node.get(key), code) for key in ("title", "text") for code in spoken]
    cells += [node.get(key, "") for key in ("place", "holds_from", "holds_until")]
    cells.append("false" if node.get("verified") is False else "")
    leads: dict[str, list[str]] = {relation: [] for relation in trees.RELATIONS.values()}
    for lead in trees.leads(node):
        leads[lead["relation"]].append(lead["to"])
    cells += [" ".join(leads[relation]) for relation in trees.RELATIONS.values()]
    about = node.get("about") or {}
    return cells + [about.get(code, "") for code in facts]


def _body(value: Any, code: str) -> str:
    """Bare words without a language stand in the column of English."""
    if isinstance(value, Mapping):
        return str(value.get(code, ""))
    return str(value or "") if code == "en" else ""


def as_csv(agenda: Agenda, tree: Mapping[str, Any]) -> bytes:
    return csv_of(*table_of(agenda, tree))


def as_workbook(agenda: Agenda, tree: Mapping[str, Any]) -> bytes:
    return workbook_of("agenda", *table_of(agenda, tree))


def commitments_written(agenda: Agenda, form: str) -> bytes:
    """Its commitments as rows, as exchange/rows.py reads them back. form: csv or xlsx."""
    table = commitments_table(agenda)
    return csv_of(*table) if form == "csv" else workbook_of("commitments", *table)


def commitments_table(agenda: Agenda) -> tuple[list[str], list[list[Any]]]:
    rows = [_commitment(each) for each in queries.commitments_of(agenda).prefetch_related("steps", "partners")]
    spoken = [code for code in BY_CODE if any(_body(row.get(key), code) for row in rows for key in ("title", "text"))]
    plainly = ("level", "place", "owner", "owner_name", "starts", "deadline", "status", "status_since", "status_why")
    columns = ["code", *(f"title_{code}" for code in spoken), *(f"text_{code}" for code in spoken), "provisions"]
    columns += ["partners", *plainly, "source", "url", "verified"]
    return columns, [
        [
            row["code"], *(_body(row.get(key), code) for key in ("title", "text") for code in spoken),
            " ".join(row.get("provisions", [])), " ".join(row.get("partners", [])),
            *(row.get(key, "") for key in (*plainly, "source", "url")), "false" if row.get("verified") is False else "",
        ]
        for row in rows
    ]  # fmt: skip


def csv_of(columns: list[str], rows: list[list[Any]]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(columns)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def workbook_of(named: str, columns: list[str], rows: list[list[Any]]) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet(named)
        head, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet.write_row(0, 0, columns, head)
        for at, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                sheet.write_string(at, column, str(harmless(cell)), wrapped)
        sheet.freeze_panes(1, 1)
        for column, name in enumerate(columns):
            sheet.set_column(column, column, 50 if name.startswith(("title_", "text_")) else 14)
    return buffer.getvalue()


STRUCTURE = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure"
MESSAGE = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"
COMMON = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common"


def as_codelist(agenda: Agenda, tree: Mapping[str, Any], version: Version | None) -> bytes:
    """SDMX-ML 2.1: one codelist, its codes with their parents and their names in every language."""
    for prefix, space in (("mes", MESSAGE), ("str", STRUCTURE), ("com", COMMON)):
        ElementTree.register_namespace(prefix, space)
    root = ElementTree.Element(f"{{{MESSAGE}}}Structure")
    header = ElementTree.SubElement(root, f"{{{MESSAGE}}}Header")
    ElementTree.SubElement(header, f"{{{MESSAGE}}}ID").text = f"KURAK_{agenda.code}"
    ElementTree.SubElement(header, f"{{{MESSAGE}}}Test").text = "false"
    moment = version.published_at if version and version.published_at else None
    ElementTree.SubElement(header, f"{{{MESSAGE}}}Prepared").text = (
        moment.strftime("%Y-%m-%dT%H:%M:%S") if moment else "1970-01-01T00:00:00"
    )
    ElementTree.SubElement(header, f"{{{MESSAGE}}}Sender", id="KURAK")
    lists = ElementTree.SubElement(
        ElementTree.SubElement(root, f"{{{MESSAGE}}}Structures"), f"{{{STRUCTURE}}}Codelists"
    )
    named = f"CL_{agenda.code.upper().replace('-', '_')}"
    whole = ElementTree.SubElement(
        lists, f"{{{STRUCTURE}}}Codelist", id=named, agencyID="KURAK", version=f"{version.number if version else 1}.0"
    )
    _named(whole, plain(agenda.title), "Name")
    for each in trees.placed(tree):
        code = ElementTree.SubElement(whole, f"{{{STRUCTURE}}}Code", id=each.code)
        _named(code, each.node.get("title"), "Name")
        _named(code, each.node.get("text"), "Description")
        if each.parent:
            parent = ElementTree.SubElement(code, f"{{{STRUCTURE}}}Parent")
            ElementTree.SubElement(parent, "Ref", id=each.parent)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _named(element: ElementTree.Element, value: Any, tag: str) -> None:
    bodies = value if isinstance(value, Mapping) else {"en": value} if value else {}
    for code, body in bodies.items():
        named = ElementTree.SubElement(element, f"{{{COMMON}}}{tag}")
        named.set("{http://www.w3.org/XML/1998/namespace}lang", str(code))
        named.text = str(body)
