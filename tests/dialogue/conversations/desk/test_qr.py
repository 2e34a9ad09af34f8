from xml.etree import ElementTree

from qrcode.main import QRCode

from kurak.dialogue.conversations.desk import qr

SVG = "{http://www.w3.org/2000/svg}"


def test_a_qr_code_is_one_path_with_a_title_and_no_style():
    drawn = ElementTree.fromstring(qr.svg("https://kurak.example/?a=1&b=2", title="Link <1>"))
    assert [each.tag for each in drawn] == ["title", "rect", "path"]
    assert drawn[0].text == "Link <1>"
    assert "style" not in ElementTree.tostring(drawn, encoding="unicode")


def test_a_qr_code_draws_exactly_the_dark_modules():
    code = QRCode(border=qr.QUIET)
    code.add_data("kurak")
    code.make(fit=True)
    path = ElementTree.fromstring(qr.svg("kurak", title="Kurak"))[2].get("d")
    assert path.count("M") == sum(map(sum, code.get_matrix()))
