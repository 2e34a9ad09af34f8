"""How private each field of the ground is (kurak/ground/safety/classes.py says what the words mean)."""

# ruff: noqa: S106 - names of fields, not passwords
from kurak.ground.safety.classes import Sorted

FIELDS = {
    "Place": Sorted("id parent code kind names division codes"),
    "Theme": Sorted("id code kind number name description colour"),
    "Source": Sorted("id code title url licence citation retrieved"),
    "Quantity": Sorted("id code name description unit kind direction dimensions"),
    "Measure": Sorted(
        "id quantity place source start end dimensions slice value low high label quality n method version made_from "
        "stated_at withdrawn_at withdrawn_why",
        private="stated_by",
    ),
    "Footing": Sorted("id claim_kind claim_key ground_kind ground_key relation note laid_at", private="laid_by"),
    "Person": Sorted(
        private="id username email language is_active is_superuser joined",
        secret="password",
        why="An account. The e-mail is optional; the password is a salted hash; when somebody was here is not kept.",
    ),
    "Person_groups": Sorted(private="id person group", why="Django's groups; not used, so empty."),
    "Person_user_permissions": Sorted(private="id person permission", why="Django's own rights; not used, so empty."),
    "Organisation": Sorted("id slug name kind place website"),
    "Membership": Sorted(private="id person organisation officer"),
    "Grant": Sorted(private="id person role place granted_by granted_on"),
    "Act": Sorted(
        private="id at actor mark verb subject reason details seal",
        why="What staff did. The actor empties when an account is erased; the mark is a keyed digest.",
    ),
    "Chain": Sorted(private="id name seal length"),
    "Allowance": Sorted(
        secret="id key used ends", why="A keyed digest of who did what how often; minutes old at most."
    ),
    "Release": Sorted(
        private="id question people at",
        secret="counts",
        why="Exact counts behind a published, guarded answer.",
    ),
}
