"""kurak conversations: files in, files out, a list."""

import pytest

from kurak.cli.main import main
from kurak.dialogue.conversations.models import Conversation
from kurak.ground.safety.models import Act
from tests.factories.folders import FILES, VOTES, a_folder

pytestmark = pytest.mark.usefixtures("world")


def test_an_import_and_an_export_give_the_files_back(tmp_path, capsys):
    folder = a_folder(tmp_path / "water.talk")
    assert main(["conversations", "import", str(folder), "--place", "KG", "--question", "Water?"]) == 0
    assert "2 people" not in capsys.readouterr().out
    assert main(["conversations", "export", "water-talk", "--out", str(tmp_path / "out")]) == 0
    for name, content in FILES.items():
        assert (tmp_path / "out" / name).read_text() == content


def test_the_second_import_says_so(tmp_path, capsys):
    folder = a_folder(tmp_path / "talk")
    main(["conversations", "import", str(folder)])
    assert main(["conversations", "import", str(folder)]) == 0
    assert "imported before" in capsys.readouterr().out
    assert Conversation.objects.count() == 1


def test_bad_rows_are_told_on_stderr_and_the_exit_code_says_wrong_input(tmp_path, capsys):
    folder = a_folder(tmp_path / "talk", {"votes.csv": VOTES.replace(",-1\n", ",2\n")})
    assert main(["conversations", "import", str(folder)]) == 2
    assert "votes.csv:3 [vote] '2'" in capsys.readouterr().err
    assert not Conversation.objects.exists()


def test_the_list_names_what_there_is(tmp_path, capsys):
    main(["conversations", "import", str(a_folder(tmp_path / "talk")), "--question", "Water?"])
    capsys.readouterr()
    assert main(["conversations", "list"]) == 0
    assert capsys.readouterr().out.split() == ["talk", "closed", "4", "votes", "Water?"]


def test_an_export_never_overwrites(tmp_path, capsys):
    main(["conversations", "import", str(a_folder(tmp_path / "talk"))])
    assert main(["conversations", "export", "talk", "--out", str(tmp_path / "talk")]) == 2
    assert "not empty" in capsys.readouterr().err


def test_an_unknown_conversation_is_told(tmp_path, capsys):
    assert main(["conversations", "export", "nothing", "--out", str(tmp_path / "out")]) == 2
    assert "there is no conversation 'nothing'" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_package_is_written_and_an_exact_export_is_written_down(tmp_path):
    main(["conversations", "import", str(a_folder(tmp_path / "talk"))])
    words = ["conversations", "export", "talk", "--out", str(tmp_path / "out"), "--layout", "package", "--exact"]
    assert main(words) == 0
    assert (tmp_path / "out" / "datapackage.json").exists()
    assert (tmp_path / "out" / "votes.parquet").exists()
    assert Act.objects.filter(verb="conversation.exported").count() == 1
