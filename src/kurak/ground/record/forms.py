"""What the record of acts is searched by."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ActsForm(forms.Form):
    verb = forms.CharField(label=_("What was done"), max_length=60, required=False)
    subject = forms.CharField(label=_("To what"), max_length=120, required=False)
    actor = forms.CharField(label=_("Name of the account"), max_length=60, required=False)
