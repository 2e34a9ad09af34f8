"""How the trail shows accounts, their evidence, questions and replies: to everybody what is published."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from kurak.commitments.accounts import rules
from kurak.commitments.accounts.models import Account, Evidence, Question, Reply
from kurak.commitments.accounts.things import thing_of
from kurak.commitments.agendas.rules import may_see as may_see_thing
from kurak.ground.trail.kinds import Kind, by_pk, register

OF_THING = ("commitment__agenda", "provision__agenda", "place")


def register_kinds() -> None:
    related = (*OF_THING, "organisation")
    register(
        Kind("account", _l("Account"), Account, by_pk(Account, *related), title_of,
             lambda account: reverse("accounts:account", args=[account.pk]),
             lambda account, person: rules.may_see(person, account))
    )  # fmt: skip
    register(
        Kind("account-evidence", _l("Evidence"), Evidence, by_pk(Evidence, *(f"account__{each}" for each in related)),
             lambda piece: piece.title, url_of_evidence,
             lambda piece, person: rules.may_see(person, piece.account))
    )  # fmt: skip
    register(
        Kind("question", _l("Question"), Question, by_pk(Question, *OF_THING), title_of_question,
             lambda question: f"{thing_of(question).url}#question-{question.pk}", may_see_question)
    )  # fmt: skip
    of_reply = [f"{one}__{two}" for one in ("account", "question") for two in OF_THING]
    register(
        Kind("reply", _l("Reply"), Reply, by_pk(Reply, "organisation", *of_reply), title_of_reply,
             lambda reply: f"{thing_of(reply.account or reply.question).url}#reply-{reply.pk}",
             lambda reply, person: may_see_thing(person, thing_of(reply.account or reply.question).it))
    )  # fmt: skip


def who_says(account: Account) -> str:
    """The organisation or the name of who says it; of residents nobody is named."""
    if account.organisation:
        return str(account.organisation.name.into(get_language() or "en"))
    return account.said_by or str(account.get_grader_display())


def title_of(account: Account) -> str:
    thing = thing_of(account)
    words = {"who": who_says(account), "code": thing.code, "year": account.end.year}
    return _("%(who)s on %(code)s, %(year)d") % words


def url_of_evidence(piece: Evidence) -> str:
    if piece.measure_id:
        return reverse("measure", args=[piece.measure_id])
    if piece.sha256 and piece.public:
        return reverse("accounts:file", args=[piece.pk])
    return piece.url or reverse("accounts:account", args=[piece.account_id])


def title_of_question(question: Question) -> str:
    return str(question.text.into(get_language() or "en"))[:120]


def may_see_question(question: Question, person: Any) -> bool:
    released = question.published_at is not None and question.withdrawn_at is None
    own = rules.is_known(person) and question.asked_by_id == person.pk
    if released and not rules.in_draft(question):
        return True
    return own or rules.may_judge(person, question.place)


def title_of_reply(reply: Reply) -> str:
    return _("Answer of %(who)s") % {"who": reply.organisation.name.into(get_language() or "en")}
