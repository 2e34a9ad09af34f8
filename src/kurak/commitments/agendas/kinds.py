"""How agendas, provisions and commitments are shown in the trail."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kurak.commitments.agendas import rules
from kurak.commitments.agendas.models import Agenda, Commitment, Provision
from kurak.ground.trail.kinds import Kind, by_pk, register


def register_kinds() -> None:
    def may_see(thing: Agenda | Provision | Commitment, person: object) -> bool:
        return rules.may_see(person, thing)

    register(Kind("agenda", _("Agenda"), Agenda, by_pk(Agenda, "place"), title_of, url_of_agenda, may_see))
    register(Kind("provision", _("Provision"), Provision, by_pk(Provision, "agenda__place"), numbered, url_of, may_see))
    register(
        Kind("commitment", _("Commitment"), Commitment, by_pk(Commitment, "agenda__place", "place", "owner"),
             numbered, url_of_commitment, may_see)
    )  # fmt: skip


def title_of(thing: Agenda | Provision | Commitment) -> str:
    return str(thing.title.into(get_language() or "en"))


def numbered(thing: Provision | Commitment) -> str:
    return f"{title_of(thing.agenda)}, {thing.code}: {title_of(thing)}"


def url_of_agenda(agenda: Agenda) -> str:
    return reverse("agendas:agenda", args=[agenda.code])


def url_of(provision: Provision) -> str:
    return reverse("agendas:provision", args=[provision.agenda.code, provision.code])


def url_of_commitment(commitment: Commitment) -> str:
    return reverse("agendas:commitment", args=[commitment.agenda.code, commitment.code])
