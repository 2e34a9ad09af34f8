"""Keeping agendas: one's own, their drafts and versions."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kurak.commitments.agendas import queries
from kurak.commitments.agendas.desk.coming import StaffRequest, at_the_desk


@require_safe
@at_the_desk
def agendas(request: StaffRequest) -> HttpResponse:
    shown = {"agendas": queries.kept_by(request.user).prefetch_related("versions")}
    return render(request, "commitments/agendas/desk/agendas.html", shown)
