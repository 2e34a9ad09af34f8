"""Three real conversations, in and out: the same bytes. The data lie beside the project; without them: skipped."""

from pathlib import Path

import pytest

from kurak.dialogue.conversations.exchange.actions import import_folder
from kurak.dialogue.conversations.exchange.layout import COMMENTS, MATRIX, VOTES
from kurak.dialogue.conversations.exchange.remainder import unpacked
from kurak.dialogue.conversations.exchange.writing import Export

DATA = Path(__file__).parents[2] / "../shared/data/opinion"
CONVERSATIONS = {
    "brexit-consensus": (204, 50, 5_312, 5_303),
    "scoop-hivemind.biodiversity": (536, 316, 29_802, 29_719),
    "vtaiwan.uberx": (1_921, 197, 49_997, 49_443),
}
pytestmark = [
    pytest.mark.published,
    pytest.mark.usefixtures("world"),
    pytest.mark.skipif(
        not DATA.is_dir(), reason="the published conversations (shared/data/opinion) are not beside the project"
    ),
]


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_a_real_conversation_comes_back_byte_for_byte(name):
    done = import_folder(folder=DATA / name)
    latest = done.conversation.votes.filter(latest=True).count()
    assert (done.people, done.statements, done.votes, latest) == CONVERSATIONS[name]
    for exact in (False, True):
        files = Export(done.conversation, exact=exact).files()
        for file in (VOTES, COMMENTS, MATRIX):
            assert b"".join(files[file]()) == (DATA / name / file).read_bytes(), f"{name}/{file}"


def test_the_tables_explain_every_cell_of_a_real_conversation():
    """The round trip does not live from what was set aside: nothing had to be."""
    conversation = import_folder(folder=DATA / "scoop-hivemind.biodiversity").conversation
    assert not any(sheet.cells for sheet in unpacked(conversation.remainder.content).values())
