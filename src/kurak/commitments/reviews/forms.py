"""Forms of reviews."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kurak.commitments.reviews.models import Review
from kurak.commitments.reviews.queries import targets


def named(field: Any, rows: Any, label: Any) -> None:
    field.queryset = rows
    field.label_from_instance = label


class ReviewForm(forms.Form):
    place: Any = forms.ModelChoiceField(label=_("Place"), queryset=None, to_field_name="code")
    kind = forms.ChoiceField(label=_("Kind of report"), choices=Review.Kind.choices)
    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100)
    title = forms.CharField(
        label=_("Title as it is printed"), max_length=300, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    url = forms.URLField(
        label=_("Where it was published"), max_length=500, assume_scheme="https",
        widget=forms.URLInput(attrs={"dir": "ltr"}),
    )  # fmt: skip
    sha256 = forms.CharField(
        label=_("SHA-256 of the file that was read"), max_length=64, required=False,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )  # fmt: skip

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        named(self.fields["place"], places, lambda each: f"{each.name(language)} ({each.code})")


class ClaimForm(forms.Form):
    target: Any = forms.ModelChoiceField(label=_("Target"), queryset=None)
    page = forms.CharField(label=_("Page"), max_length=40, widget=forms.TextInput(attrs={"dir": "auto"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        named(self.fields["target"], targets(), lambda each: f"{each.code} {each.title.into(language)}"[:110])


class BeginForm(forms.Form):
    """In whose name a report is graded."""

    organisation: Any = forms.ModelChoiceField(
        label=_("Organisation that has it graded"), queryset=None, to_field_name="slug"
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        named(self.fields["organisation"], organisations, lambda each: str(each.name.into(language)))


class CommentForm(forms.Form):
    organisation: Any = forms.ChoiceField(label=_("In the name of"))
    criterion = forms.ChoiceField(label=_("On which row"), required=False)
    text = forms.CharField(
        label=_("What you answer"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        help_text=_("It stays as you write it, and is shown under the authority's name."),
    )  # fmt: skip

    def __init__(self, *args: Any, authorities: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        fields: Any = self.fields
        fields["organisation"].choices = [(each.slug, str(each.name.into(language))) for each in authorities]
        titles = [(row.code, f"{row.code} {row.criterion.title.into(language)}"[:110]) for row in rows]
        fields["criterion"].choices = [("", _("On the whole")), *titles]
