"""Forms of budgets: a file, its columns, an answer of a resident."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kurak.commitments.budgets.actions import About
from kurak.commitments.budgets.columns import FIELDS, label
from kurak.commitments.budgets.models import ResidentAnswer
from kurak.commitments.budgets.reading import Reading, Sheet
from kurak.ground.languages.declared import LANGUAGES

UNITS = ((1, _("Whole units of the currency")), (1000, _("Thousands")), (1_000_000, _("Millions")))
SUMS = (("sum", _("Everything since January")), ("each", _("Of that month alone")))
CANNOT_SAY = ("", _("I cannot say"))


class FileForm(forms.Form):
    """A file, and whose budget it is."""

    place: Any = forms.ModelChoiceField(label=_("Place"), queryset=None, to_field_name="code")
    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100)
    currency = forms.RegexField(
        label=_("Currency"), regex=r"^[A-Za-z]{3}$", help_text=_("Three letters, such as KGS, KZT, TJS, UZS."),
        widget=forms.TextInput(attrs={"dir": "ltr", "maxlength": 3}),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Which document"), max_length=300,
        help_text=_("So that others can find it: the decision, its number and day."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )  # fmt: skip
    url = forms.URLField(
        label=_("Where it was published"), required=False, max_length=500, assume_scheme="https",
        widget=forms.URLInput(attrs={"dir": "ltr"}),
    )  # fmt: skip
    file = forms.FileField(label=_("CSV or XLSX"), widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.xlsx"}))

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["place"]
        field.queryset = places
        language = get_language() or "en"
        field.label_from_instance = lambda each: f"{each.name(language)} ({each.code})"

    @property
    def about(self) -> About:
        given = self.cleaned_data
        return About(given["place"], given["year"], given["currency"].upper(), given["source"].strip(), given["url"])


class ColumnsForm(forms.Form):
    """For each column of the file, what it is; and how amounts are written."""

    unit = forms.TypedChoiceField(label=_("Amounts are written in"), choices=UNITS, coerce=int)
    months = forms.ChoiceField(label=_("An amount under a month is"), choices=SUMS)
    month = forms.IntegerField(
        label=_("“Executed” goes until the end of month"), min_value=1, max_value=12, help_text=_("12: the whole year.")
    )
    language = forms.ChoiceField(
        label=_("Language of the lines"), choices=[(each.code, each.own_name) for each in LANGUAGES]
    )

    def __init__(self, *args: Any, sheet: Sheet, columns: dict[str, int], reading: Reading, **kwargs: Any) -> None:
        kwargs["initial"] = reading.as_json()
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        choices = [("", _("– not used –")), *((name, label(name)) for name in FIELDS)]
        known = {at: name for name, at in columns.items()}
        for at, cell in enumerate(sheet.header):
            self.fields[f"column-{at}"] = forms.ChoiceField(
                label=cell or f"{at + 1}", choices=choices, required=False, initial=known.get(at, "")
            )

    @property
    def rows(self) -> list[tuple[Any, list[str]]]:
        """Each column with examples of what stands in it."""
        return [(self[f"column-{at}"], self.sheet.examples(at)) for at in range(len(self.sheet.header))]

    @property
    def others(self) -> list[Any]:
        return [self[name] for name in ("unit", "months", "month", "language")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = [cleaned.get(f"column-{at}") for at in range(len(self.sheet.header))]
        named = [each for each in chosen if each]
        if twice := sorted({label(each) for each in named if named.count(each) > 1}):
            self.add_error(None, _("Two columns cannot be the same: %s.") % ", ".join(twice))
        return cleaned

    @property
    def columns(self) -> dict[str, int]:
        given = self.cleaned_data
        return {name: at for at in range(len(self.sheet.header)) if (name := given.get(f"column-{at}"))}

    @property
    def reading(self) -> Reading:
        given = self.cleaned_data
        return Reading(given["unit"], given["months"], given["month"], given["language"])


class AnswerForm(forms.Form):
    """Without a field for words: words tell who wrote them."""

    done = forms.ChoiceField(label=_("Is it done?"), choices=ResidentAnswer.Done.choices, widget=forms.RadioSelect)
    good = forms.ChoiceField(
        label=_("Is it good?"),
        choices=[*ResidentAnswer.Good.choices, CANNOT_SAY],
        widget=forms.RadioSelect,
        required=False,
    )
    photo = forms.FileField(
        label=_("A photograph, if you like"), required=False,
        help_text=_("JPEG or PNG. Where and when it was taken is removed first. Show the work, not people."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
    )  # fmt: skip
