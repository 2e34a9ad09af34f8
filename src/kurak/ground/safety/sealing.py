"""Secrets at rest. Keys are derived from the secret key of the platform, one for each purpose, so a copy of the
database alone opens nothing. Whoever also takes the secret key can open them: docs/explanation/safety.md says so."""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def key_for(purpose: str) -> bytes:
    """32 bytes that belong to one purpose: HKDF-SHA256 (RFC 5869) of the secret key."""
    derive = HKDF(algorithm=hashes.SHA256(), length=32, salt=b"kurak", info=purpose.encode())
    return derive.derive(settings.SECRET_KEY.encode())


def seal(text: str, purpose: str) -> str:
    """Encrypts and authenticates a short text (AES-128-CBC with HMAC-SHA256, Fernet)."""
    return Fernet(base64.urlsafe_b64encode(key_for(purpose))).encrypt(text.encode()).decode()


def unseal(sealed: str, purpose: str) -> str:
    try:
        return Fernet(base64.urlsafe_b64encode(key_for(purpose))).decrypt(sealed.encode()).decode()
    except InvalidToken as problem:
        raise ImproperlyConfigured("A sealed secret does not open: has KURAK_SECRET_KEY changed?") from problem


def mark_of(purpose: str, value: object) -> str:
    """A short keyed digest: tells equal from different, and names nobody without the key."""
    return hmac.new(key_for(purpose), str(value).encode(), hashlib.sha256).hexdigest()[:32]
