"""One way to fold all ten languages, so that what was typed without the right keyboard is still found, and two
statements that say the same are seen as alike. Loads no Django."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

# Letters that the decomposition of Unicode leaves standing, as they are typed on the keyboards people have.
CYRILLIC = str.maketrans("әғқңһҳҷөүұі", "агкнххчоууи")
ARABIC = str.maketrans("يىےېۍكڪګٱةەہۃ", "یییییککگاهههه")
LATIN = str.maketrans({"ı": "i", "ə": "a", "ł": "l", "ø": "o", "đ": "d"})
DROPPED = dict.fromkeys(map(ord, "ъьـʻʼʿʾ'’‘`´ˈ"), None)
LETTERS = {**CYRILLIC, **ARABIC, **LATIN, **DROPPED}


def fold(text: str) -> str:
    """Lower-case words without marks, one space between them; letters, forms and digits that stand for one another
    become one. Made for comparing and searching, never for showing. Folding twice changes nothing.

    Source: casefold and NFKD of Unicode 15+, and the table of letters that research on ten languages settled on.

    >>> fold("Oʻzbekiston — тоза Ҳаво!")
    'ozbekiston тоза хаво'
    >>> fold("كابل ۱۴۰۲") == fold("کابل 1402")
    True
    """
    # Twice: 𝕊 has no lower case until it is decomposed, and lower case may be composed again.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    folded = "".join(map(_letter, decomposed.translate(LETTERS)))
    return " ".join(folded.split())


# Letters that are not seen, or that turn the letters after them around. Joiners stay: Persian and emoji need them.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
MARK = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
PILED = re.compile(f"({MARK}{{4}}){MARK}+")


def legible(text: str) -> str:
    """The text on one line as others will see it: without letters that hide or turn around what follows, and with at
    most four marks piled on a letter.

    >>> legible(" Clean\u200b  water\u202e "), len(legible("a" + "\u0301" * 99))
    ('Clean water', 5)
    >>> legible("می\u200cخواهم") == "می\u200cخواهم"
    True
    """
    return " ".join(PILED.sub(r"\1", UNSEEN.sub("", text)).split())


def _letter(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] == "L":
        return character
    if category == "Nd":
        return str(unicodedata.decimal(character))
    return "" if category[0] == "M" else " "


def trigrams(folded: str) -> frozenset[str]:
    """The runs of three letters of each word of a folded text, counted as PostgreSQL's pg_trgm counts them.

    >>> sorted(trigrams("су"))
    ['  с', ' су', 'су ']
    """
    padded = (f"  {word} " for word in folded.split())
    return frozenset(word[at : at + 3] for word in padded for at in range(len(word) - 2))


def alikeness(a: str, b: str) -> float:
    """How alike two texts are, from 0 (no trigram shared) to 1 (the same once folded). Order of words does not count.

    Source: the Jaccard similarity of trigrams, as `similarity` of pg_trgm, over folded text.

    >>> alikeness("Больше деревьев в городе!", "больше деревьев — в городе")
    1.0
    >>> round(alikeness("Clean air for children", "Clean the air for our children"), 2)
    0.73
    """
    return shared(trigrams(fold(a)), trigrams(fold(b)))


def shared(a: frozenset[str], b: frozenset[str]) -> float:
    """The part of two sets of trigrams that they share, 0..1."""
    both = len(a & b)
    return both / (len(a) + len(b) - both) if both else 0.0


def most_alike[T](
    text: str, among: Iterable[T], *, read: Callable[[T], str], at_least: float = 0.4, limit: int = 5
) -> list[tuple[T, float]]:
    """The things whose text is most like this one, with their alikeness, most alike first.

    >>> most_alike("clean air", ["Clean air!", "Safe roads"], read=str)
    [('Clean air!', 1.0)]
    """
    wanted = trigrams(fold(text))
    scored = ((thing, shared(wanted, trigrams(fold(read(thing))))) for thing in among)
    near = [(thing, score) for thing, score in scored if score >= at_least]
    return sorted(near, key=lambda pair: -pair[1])[:limit]
