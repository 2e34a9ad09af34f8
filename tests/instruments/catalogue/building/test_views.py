"""The builder without scripts: everything is a form."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kurak.ground.people.rules import Role
from kurak.instruments.catalogue.models import Edition, Instrument
from kurak.instruments.catalogue.workbooks.writing import as_workbook
from kurak.instruments.catalogue.yaml_writing import as_yaml
from tests.factories.catalogue import a_document, an_edition, an_instrument
from tests.factories.people import a_member_of_staff, signed_in

pytestmark = pytest.mark.django_db
DRAFT = Edition.Status.DRAFT


@pytest.fixture
def staff(client, world):
    return signed_in(client, a_member_of_staff(Role.ANALYST, place=world.kyrgyzstan))


@pytest.fixture
def draft(world):
    return an_edition(an_instrument("wells", place=world.kyrgyzstan), status=DRAFT)


def address(draft: Edition, part: str = "") -> str:
    return f"/desk/instruments/{draft.instrument.code}/{draft.pk}/{part}"


def fields_of(answer) -> dict:
    """What a browser would send back of a page: the form in it with most fields, as it stands."""
    shown = [answer.context["form"]] if "form" in answer.context else []
    shown += answer.context.get("rows") or []
    values = {"seen": answer.context["seen"]}
    for form in shown:
        for field in form:
            value = field.value()
            if value is not None and value is not False:
                values[field.html_name] = value
    return values


def resent(staff, draft, part: str, **changed):
    """The page of a part sent back with other values."""
    page = staff.get(address(draft, part))
    answer = staff.post(address(draft, part), fields_of(page) | changed)
    draft.refresh_from_db()
    return answer


@pytest.mark.parametrize("starter", ["empty", "index", "assessment", "checklist"])
def test_an_instrument_begins_from_a_starter(staff, world, starter):
    said = {"title": "Good roads", "code": "roads", "starter": starter, "place": world.kyrgyzstan.pk}
    answer = staff.post("/desk/instruments/new/", said)
    draft = Edition.objects.get()
    assert answer.headers["Location"] == address(draft)
    assert (draft.document["code"], draft.document["title"]) == ("roads", {"en": "Good roads"})
    for part in ("", "criteria/", "answers/", "classes/", "sources/", "notes/", "document/", "preview/", "check/"):
        assert staff.get(address(draft, part)).status_code == 200, part


def test_an_instrument_begins_as_a_copy_that_says_what_it_was_copied_from(staff, world):
    original = an_edition(an_instrument("wells"))
    said = {"title": "Our wells", "code": "our-wells", "copy": original.pk, "place": world.kyrgyzstan.pk}
    staff.post("/desk/instruments/new/", said)
    copy = Edition.objects.get(instrument__code="our-wells")
    assert copy.document["tree"] == original.document["tree"]
    assert copy.document["label"] == {"is": "approximate"}
    assert "edition 2026" in staff.get(f"/trail/method/{copy.pk}/").content.decode()


def test_a_code_that_is_taken_is_said_beside_its_field(staff, world, draft):
    said = {"title": "Wells", "code": "wells", "starter": "empty", "place": world.kyrgyzstan.pk}
    assert "Another instrument has this code" in staff.post("/desk/instruments/new/", said).content.decode()


@pytest.mark.parametrize("part", ["", "criteria/care/", "criteria/water/", "criteria/wells/", "criteria/depth/",
                                  "classes/bands/", "answers/care/", "sources/", "notes/"])  # fmt: skip
def test_a_part_that_is_sent_back_as_it_was_changes_nothing(staff, draft, part):
    before = draft.document
    answer = resent(staff, draft, part)
    assert answer.status_code == 302, answer.context and [form.errors for form in [answer.context.get("form")] if form]
    assert draft.document == before


def test_the_heading_is_changed(staff, draft):
    resent(staff, draft, "", title_ru="Колодцы", digits="1", review="peer")
    assert draft.document["title"] == {"en": "Good wells", "ru": "Колодцы"}
    assert draft.document["scale"] == {"low": 0, "high": 100, "better": "high", "digits": 1}
    assert draft.document["assessing"] == {"review": "peer"}


def test_another_language_gets_its_fields(staff, draft):
    page = staff.get(address(draft, "?with=ps")).content.decode()
    assert 'name="title_ps"' in page
    assert 'lang="ps"' in page


def test_a_criterion_is_added_filled_in_moved_and_removed(staff, draft):
    staff.post(
        address(draft, "criteria/"), {"add": "1", "code": "pump", "title": "Pump", "kind": "leaf", "under": "wells"}
    )
    resent(staff, draft, "criteria/pump/", under="water", weight="2", normalise="goalposts",
           normalise_with="low: 0, high: 5", direction="down", low="0", high="5")  # fmt: skip
    assert draft.document["tree"]["children"][1]["children"][2] == {
        "code": "pump", "title": {"en": "Pump"}, "weight": 2, "direction": "down", "bounds": [0, 5],
        "normalise": {"by": "goalposts", "low": 0, "high": 5},
    }  # fmt: skip
    staff.post(address(draft, "criteria/"), {"up": "pump"})
    staff.post(address(draft, "criteria/"), {"remove": "depth"})
    draft.refresh_from_db()
    assert [each["code"] for each in draft.document["tree"]["children"][1]["children"]] == ["clean", "pump"]


def test_answers_get_their_meaning_in_each_language(staff, draft):
    resent(staff, draft, "criteria/care/", ask_en="Who cares?", anchor_0_en="Nobody.", anchor_2_ru="Все.")
    care = draft.document["tree"]["children"][0]
    assert (care["ask"], care["anchors"]) == ({"en": "Who cares?"}, {"none": {"en": "Nobody."}, "all": {"ru": "Все."}})


@pytest.mark.parametrize(
    ("policy", "beside", "expected"),
    [
        ("at_least_weight", "0,66", {"at_least": 0.66, "by": "weight"}),
        ("required", "clean, depth", {"required": ["clean", "depth"]}),
        ("value", "0", {"value": 0}),
        ("strict", "", "strict"),
    ],
)
def test_what_happens_to_missing_parts_is_chosen(staff, draft, policy, beside, expected):
    resent(staff, draft, "criteria/water/", missing=policy, missing_with=beside)
    assert draft.document["tree"]["children"][1]["missing"] == expected


def test_what_has_no_field_is_written_as_in_a_file_and_kept(staff, draft):
    resent(staff, draft, "criteria/wells/", more="then:\n- {cap: 50, when: clean < 10}\n")
    assert draft.document["tree"]["then"] == [{"cap": 50, "when": "clean < 10"}]
    resent(staff, draft, "criteria/wells/", weight="")
    assert draft.document["tree"]["then"] == [{"cap": 50, "when": "clean < 10"}]


def test_a_mistake_in_a_field_is_said_there_and_what_was_typed_stays(staff, draft):
    answer = resent(staff, draft, "criteria/depth/", normalise_with="low 0 high", title_en="Very deep")
    told = answer.content.decode()
    assert "This cannot be read." in told
    assert "Very deep" in told
    assert "low 0 high" in told


def test_classes_get_their_side(staff, draft):
    changed = {"row-1-side": "above", "row-1-cut": "45", "row-3-code": "best", "row-3-side": "from", "row-3-cut": "90",
               "row-0-code": "", "row-0-title_en": "", "row-0-title_ru": ""}  # fmt: skip
    resent(staff, draft, "classes/bands/", **changed)
    of = draft.document["classes"]["bands"]["of"]
    assert [(each["code"], each.get("from"), each.get("above")) for each in of] == [
        ("fair", None, 45), ("good", None, 75), ("best", 90, None)
    ]  # fmt: skip


def test_titles_are_shown_in_the_language_of_whoever_builds(staff, world):
    said = {"title": "Good roads", "code": "roads", "starter": "assessment", "place": world.kyrgyzstan.pk}
    staff.post("/desk/instruments/new/", said)
    draft = Edition.objects.get()
    for part, title in (
        ("criteria/", "Записанная цель"),
        ("criteria/written/", "Записанная цель"),
        ("classes/", "Начало"),
    ):
        assert title in staff.get(address(draft, part), headers={"accept-language": "ru"}).content.decode(), part


def test_answers_of_a_scale_are_called_something_in_each_language_and_keep_it_while_they_are_there(staff, draft):
    resent(staff, draft, "answers/care/", word_0_en="None at all", word_0_ru="Никакого", word_1_en="Some")
    assert draft.document["wording"] == {
        "care": {"none": {"en": "None at all", "ru": "Никакого"}, "some": {"en": "Some"}}
    }
    resent(staff, draft, "answers/care/", answers="some = 50\nall = 100")
    assert draft.document["wording"] == {"care": {"some": {"en": "Some"}}}
    staff.post(address(draft, "answers/"), {"drop": "care"})
    draft.refresh_from_db()
    assert "wording" not in draft.document


def test_answer_scales_are_written_a_line_each(staff, draft):
    staff.post(address(draft, "answers/"), {"name": "trust"})
    resent(staff, draft, "answers/trust/", answers="low = 0\nhigh = 0,5\nn/a = not-applicable")
    assert draft.document["answers"]["trust"] == {"low": 0, "high": 0.5, "n/a": "not-applicable"}


def test_the_list_of_what_is_to_be_mended_leads_to_each_place(staff, draft):
    resent(staff, draft, "criteria/care/", answers="", more="answers: nowhere")
    told = staff.get(address(draft, "check/")).content.decode()
    assert address(draft, "criteria/care/") in told
    assert "nowhere" in told


def test_the_whole_draft_is_written_as_text_with_the_line_of_a_mistake(staff, draft):
    text = as_yaml(draft.document).replace("better: high", "better: hihg")
    staff.post(address(draft, "document/"), {"text": text, "seen": ""})
    told = staff.get(address(draft, "document/")).content.decode()
    number = next(n for n, line in enumerate(text.splitlines(), start=1) if "hihg" in line)
    assert f"line {number}, column" in told


def test_text_that_is_no_yaml_is_refused_and_stays_in_the_field(staff, draft):
    answer = staff.post(address(draft, "document/"), {"text": "tree: [", "seen": ""})
    assert "tree: [" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.document == a_document("wells")


def test_what_somebody_else_saved_meanwhile_is_not_lost(staff, draft):
    values = fields_of(staff.get(address(draft)))
    staff.post(address(draft), values | {"title_en": "First"})
    answer = staff.post(address(draft), values | {"title_en": "Second"})
    assert "Somebody saved this draft while you were writing." in answer.content.decode()
    assert "Second" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.document["title"]["en"] == "First"


def test_trial_data_are_computed_and_kept_nowhere(staff, draft):
    answer = staff.post(address(draft, "preview/"), {"data": "unit;care;clean;depth\nAral;all;100;0\nOsh;much;;"})
    assert "much" in answer.content.decode()
    answer = staff.post(address(draft, "preview/"), {"data": "unit;care;clean;depth\nAral;all;100;0\nOsh;none;0;40"})
    assert "Good" in answer.content.decode()
    assert "Aral" not in staff.get(address(draft, "preview/")).content.decode()


def test_a_draft_is_published_and_then_closed(staff, draft):
    staff.post(address(draft, "publish/"))
    draft.refresh_from_db()
    assert draft.status == Edition.Status.PUBLISHED
    assert staff.get("/instruments/wells/2026/").status_code == 200
    assert staff.post(address(draft), {}).headers["Location"] == "/desk/instruments/wells/"


@pytest.mark.parametrize("form", ["yaml", "xlsx"])
def test_a_file_becomes_a_draft(staff, world, form):
    content = as_workbook(a_document("springs")) if form == "xlsx" else as_yaml(a_document("springs")).encode()
    file = SimpleUploadedFile(f"springs.{form}", content)
    staff.post("/desk/instruments/upload/", {"file": file, "place": world.kyrgyzstan.pk})
    assert Edition.objects.get(instrument__code="springs").document == a_document("springs")


def test_a_file_with_mistakes_leaves_nothing_behind_and_all_of_them_are_told(staff, world):
    document = a_document("springs", units="villages")
    document["tree"]["children"][0]["answers"] = "nowhere"
    file = SimpleUploadedFile("springs.yaml", as_yaml(document).encode())
    told = staff.post("/desk/instruments/upload/", {"file": file, "place": world.kyrgyzstan.pk}).content.decode()
    assert "2 mistakes. Nothing of the file was kept." in told
    assert "line " in told
    assert not Instrument.objects.filter(code="springs").exists()


def test_pages_of_another_country_are_not_there(client, world, draft):
    staff = signed_in(client, a_member_of_staff(Role.ANALYST, place=world.kazakhstan))
    for path in ("/desk/instruments/wells/", address(draft), address(draft, "criteria/"), address(draft, "draft.yaml")):
        assert staff.get(path).status_code == 404
    assert staff.post(address(draft, "publish/")).status_code == 404
    assert "wells" not in staff.get("/desk/instruments/").content.decode()


def test_an_edition_of_another_instrument_is_not_opened_under_this_name(staff, draft, world):
    other = an_edition(an_instrument("rivers", place=world.kyrgyzstan), status=DRAFT)
    assert staff.get(f"/desk/instruments/wells/{other.pk}/").status_code == 404
