"""The files, out and in."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from kurak.ground.people.doors import SignedRequest
from kurak.instruments.assessments import showing
from kurak.instruments.assessments.exchange import actions, workbook, xlsform
from kurak.instruments.assessments.exchange.problems import BadWorkbook
from kurak.instruments.assessments.models import Sheet
from kurak.instruments.assessments.views import fills, of_sheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FileForm(forms.Form):
    file = forms.FileField(label=_("The workbook, or the export of the form (XLSX or CSV)"))
    overwrite = forms.BooleanField(
        label=_("The file is right"), required=False,
        help_text=_("Where somebody has answered here since the file was made, the file replaces it."),
    )  # fmt: skip


@require_safe
@of_sheet
def as_workbook(request: SignedRequest, sheet: Sheet) -> HttpResponse:
    return download(workbook.write(sheet), f"answers-{sheet.pk}.xlsx")


@require_safe
@of_sheet
def as_xlsform(request: SignedRequest, sheet: Sheet) -> HttpResponse:
    return download(xlsform.write(sheet), f"form-{sheet.pk}.xlsx")


def download(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@of_sheet
def bring_in(request: SignedRequest, sheet: Sheet) -> HttpResponse:
    form = FileForm(request.POST or None, request.FILES or None)
    shown = {
        "sheet": sheet, "assessment": sheet.assessment, "title": showing.title_of(sheet.assessment), "form": form,
        "fills": fills(request, sheet),
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        data, overwrite = form.cleaned_data["file"].read(), form.cleaned_data["overwrite"]
        try:
            changed = actions.bring_in(sheet=sheet, by=request.user, data=data, overwrite=overwrite)
        except BadWorkbook as refusal:
            return render(request, "assessments/bring_in.html", {**shown, "refusal": refusal}, status=400)
        many = len(changed)
        messages.success(request, ngettext("%d answer taken over.", "%d answers taken over.", many) % many)
        return redirect("assessments:sheet", pk=sheet.pk)
    return render(request, "assessments/bring_in.html", shown)
