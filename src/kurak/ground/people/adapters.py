"""What allauth does differently here: no addresses and browsers kept, limits per account, secrets sealed at rest."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils.translation import get_language

from kurak.ground.safety import limits
from kurak.ground.safety.sealing import seal, unseal

PURPOSE = "second factor"


class AccountAdapter(DefaultAccountAdapter):
    def get_client_ip(self, request: HttpRequest) -> str:
        """Nobody's address is looked at, so none can end up in a limit's key or in a mail."""
        return ""

    def get_http_user_agent(self, request: HttpRequest) -> str:
        return ""

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts failed passwords for one name, for all workers together."""
        if not limits.allow(name_in(credentials), "sign_in"):
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        person = super().authenticate(request, **credentials)
        if person is not None:
            limits.give_back(name_in(credentials), "sign_in")
        return person

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        user.language = get_language() or "en"
        return super().save_user(request, user, form, commit)


def name_in(credentials: dict[str, Any]) -> str:
    return str(credentials.get("username") or credentials.get("email") or "").lower()


class SecondFactorAdapter(DefaultMFAAdapter):
    """TOTP secrets and seeds of recovery codes lie sealed in the database; allauth alone keeps them readable."""

    def encrypt(self, text: str) -> str:
        return seal(text, PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, PURPOSE)

    def get_totp_label(self, user: Any) -> str:
        """The name, not the e-mail: the label is what a stranger with the phone in hand can read."""
        return str(user.get_username())
