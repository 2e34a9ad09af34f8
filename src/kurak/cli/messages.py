"""kurak messages: strings into the catalogues, and catalogues into what Django reads. Babel, no gettext."""

from __future__ import annotations

import argparse
import io
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from kurak.ground.languages.declared import BY_CODE

PACKAGE = Path(__file__).resolve().parents[1]
LOCALE = PACKAGE / "web" / "locale"
SOURCE = "en"  # strings in code are English: where this catalogue says nothing, they stand as they are
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "_l": None,  # gettext_lazy, in modules that have `_` already
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
METHODS = [
    ("**/migrations/**", "ignore"),
    ("**.py", "python"),
    ("**/templates/**.*", "kurak.cli.messages:extract_django"),
]
ENGLISH_PLURAL = "nplurals=2; plural=(n != 1);"
# Which plural form a number takes. Django's own rule where Django has one, so that its catalogue and ours agree.
PLURALS = {
    "ru": "nplurals=4; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : "
    "n%10==0 || (n%10>=5 && n%10<=9) || (n%100>=11 && n%100<=14)? 2 : 3);",
    "kk": "nplurals=2; plural=(n!=1);",
    "ky": "nplurals=1; plural=0;",
    "uz": "nplurals=1; plural=0;",
    "prs": "nplurals=2; plural=(n > 1);",
}


def extract_django(fileobj, keywords, comment_tags, options) -> Iterator[tuple]:
    """Babel's way into Django's templates: Django itself turns a template into something like Python."""
    from django.utils.translation.template import templatize

    source = templatize(fileobj.read().decode("utf-8"), origin=getattr(fileobj, "name", None))
    yield from extract_python(io.BytesIO(source.encode()), keywords, comment_tags, {"encoding": "utf-8"})


def extract(package: Path = PACKAGE) -> Catalog:
    """Every translatable string of the package, with the files it stands in; line numbers would make noise."""
    found = extract_from_dir(
        str(package), METHODS, {"**": {"encoding": "utf-8"}}, KEYWORDS, ("Translators:",), strip_comment_tags=True
    )
    template = Catalog(charset="utf-8")
    for path, _, message, comments, context in sorted(found, key=lambda each: (each[0], each[1])):
        template.add(message, None, [(path, None)], auto_comments=comments, context=context)  # type: ignore[list-item]
    return template


def catalogue_file(code: str) -> Path:
    return LOCALE / code / "LC_MESSAGES" / "django.po"


def read(code: str) -> Catalog:
    """The catalogue of a language; empty where there is none yet."""
    header = f'msgid ""\nmsgstr ""\n{header_of(code)}\n'
    path = catalogue_file(code)
    text = path.read_text(encoding="utf-8") if path.exists() else header
    return read_po(io.StringIO(text), locale=BY_CODE[code].cldr, charset="utf-8")


def header_of(code: str) -> str:
    plural = PLURALS.get(code, ENGLISH_PLURAL)
    lines = (f"Language: {code}", "Content-Type: text/plain; charset=utf-8", f"Plural-Forms: {plural}")
    return "\n".join(f'"{line}\\n"' for line in lines)


def write(code: str, catalog: Catalog) -> None:
    """Without dates and names, so that a catalogue changes only when its strings do."""
    text = io.BytesIO()
    write_po(text, catalog, width=116, omit_header=True, sort_output=True, ignore_obsolete=True)
    path = catalogue_file(code)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'msgid ""\nmsgstr ""\n{header_of(code)}\n\n{text.getvalue().decode()}', encoding="utf-8")


def update(code: str, template: Catalog) -> Catalog:
    """Take new strings in and let go of those nobody says any more. A near match is not guessed: it would be wrong."""
    catalog = read(code)
    catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
    write(code, catalog)
    return catalog


def compile_stale() -> list[str]:
    """Make the .mo files that are missing or older than their catalogue; several processes may do so at once."""
    return [code for code in BY_CODE if catalogue_file(code).exists() and is_stale(code) and compile_one(code)]


def is_stale(code: str) -> bool:
    source = catalogue_file(code)
    made = source.with_suffix(".mo")
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


def compile_one(code: str) -> Path:
    made = catalogue_file(code).with_suffix(".mo")
    with tempfile.NamedTemporaryFile(dir=made.parent, suffix=".tmp", delete=False) as file:
        write_mo(file, read(code))
    os.replace(file.name, made)  # whoever reads meanwhile gets the old file or the new one, never a half
    return made


def untranslated(code: str) -> list[Message]:
    """Strings that a reader of this language would meet in English."""
    return [] if code == SOURCE else [message for message in read(code) if message.id and not is_complete(message)]


def is_complete(message: Message) -> bool:
    said = message.string if isinstance(message.string, tuple) else (message.string,)
    return not message.fuzzy and all(said)


def report() -> str:
    """How far each language is."""
    lines = []
    for code, language in BY_CODE.items():
        total, missing = len(read(code)), len(untranslated(code))
        lines.append(f"{code:4} {language.english_name:10} {total - missing:5} of {total} strings")
    return "\n".join(lines)


def run(arguments: argparse.Namespace) -> int:
    if not arguments.compile:
        template = extract()
        for code in BY_CODE:
            update(code, template)
    compile_stale()
    if arguments.missing:
        print("\n".join(str(message.id) for message in untranslated(arguments.missing)))
    else:
        print(report())
    return 0


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="kurak messages", description=__doc__)
    parser.add_argument("--compile", action="store_true", help="only make the compiled catalogues that are stale")
    parser.add_argument("--missing", choices=list(BY_CODE), help="list the strings a language still lacks")
    return run(parser.parse_args(words))


if __name__ == "__main__":
    sys.exit(main())
