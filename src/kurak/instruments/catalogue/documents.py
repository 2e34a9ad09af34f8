"""How a document is stored: as it was written, keys in their order."""

from __future__ import annotations

import json
from typing import Any

from django.db import models


class DocumentField(models.JSONField):
    """JSON kept as text. PostgreSQL's own JSON would sort the keys, and answers are read in the order of their keys.
    It cannot be searched inside."""

    def db_type(self, connection: Any) -> str:
        return "text"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False)
