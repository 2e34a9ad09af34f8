"""Every address of the platform, and who may open it. A new page appears here by itself, and refuses strangers until
somebody writes it into PUBLIC."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, get_resolver


@dataclass(frozen=True)
class Address:
    route: str
    name: str

    def path(self, **known: object) -> str:
        """A path of this route; unknown parts get a value that exists nowhere."""

        def value(part: re.Match[str]) -> str:
            return str(known.get(part["name"], {"int": 1}.get(part["kind"] or "", "nowhere")))

        plain = re.sub(r"\(\?P<(?P<name>\w+)>(?P<kind>)[^)]*\)", value, self.route)
        plain = re.sub(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>", value, plain)
        return "/" + plain.replace("^", "").replace("$", "").replace("\\", "").replace(".*", "nowhere")


def addresses() -> Iterator[Address]:
    yield from _walk(get_resolver().url_patterns, "", "")


def _walk(patterns: list, route: str, space: str) -> Iterator[Address]:
    for each in patterns:
        here = route + str(each.pattern)
        if isinstance(each, URLPattern):
            yield Address(here, f"{space}{each.name or ''}")
        else:
            yield from _walk(each.url_patterns, here, f"{space}{each.namespace}:" if each.namespace else space)


# Open to everybody: what is published, and what is done under a pseudonym.
PUBLIC = {
    # the house
    "home", "about", "places", "place", "themes", "theme", "measure", "api_reference", "open_data", "safety",
    "accessibility", "offline", "exit", "robots", "manifest", "service_worker", "favicon",
    # open data
    "datapackage", "download", "trail",
    # conversations, for participants
    "conversations:overview", "conversations:conversation", "conversations:enter", "conversations:vote",
    "conversations:next", "conversations:about_me", "conversations:write", "conversations:mine", "conversations:carry",
    "conversations:appeal", "conversations:erase", "conversations:picture", "conversations:table",
    "conversations:picture_data", "conversations:projector", "conversations:edition", "conversations:policy",
    "conversations:log", "conversations:log_csv", "conversations:data", "conversations:file", "conversations:package",
    "catalogue:overview", "catalogue:instrument", "catalogue:edition", "catalogue:revision", "catalogue:download",
    "catalogue:compare",
    # assessments that organisations agreed to show
    "assessments:overview", "assessments:published", "assessments:file",
    "results:overview", "results:run", "results:unit", "results:path", "results:country", "results:data",
    "results:trends", "results:study", "results:study_file", "results:path_file",
    "results:over_time", "results:over_time_file", "results:country_file", "results:organisation",
    "results:organisation_file",
    # agendas and what was promised
    "agendas:overview", "agendas:agenda", "agendas:provision", "agendas:commitment", "agendas:file", "agendas:compare",
    "agendas:version", "agendas:version_file", "agendas:history", "agendas:coverage", "agendas:treaties",
    "agendas:commitments_file",
    # what was said of them
    "accounts:overview", "accounts:data", "accounts:findings", "accounts:scales", "accounts:commitment",
    "accounts:provision", "accounts:account", "accounts:file", "calendar:overview", "calendar:ics",
    "overviews:region", "overviews:country", "overviews:theme",
    "shadow:overview", "shadow:newest", "shadow:edition", "shadow:document", "shadow:file", "shadow:compare",
    # indicators and how they go
    "indicators:overview", "indicators:indicator", "indicators:country", "indicators:data", "indicators:country_data",
    "indicators:batches", "indicators:batch",
    # money
    "budgets:overview", "budgets:budget", "budgets:data", "budgets:line", "budgets:photo",
    "reviews:overview", "reviews:review",
    # signing in
    "account_login", "account_logout", "account_inactive", "account_signup", "account_email_verification_sent",
    "account_reset_password", "account_confirm_login_code", "account_confirm_email",
    "account_reset_password_from_key_done", "account_reset_password_from_key", "account_reset_password_done",
    "mfa_authenticate", "mfa_login_webauthn",
}  # fmt: skip
# The API serves open data and a participant's own acts, both without an account (tests/project/test_api.py).
PUBLIC_SPACE = "api:"

COORDINATORS, FACILITATORS, MODERATORS = {"coordinator"}, {"coordinator", "facilitator"}, {"coordinator", "moderator"}
ANY_STAFF = {"coordinator", "facilitator", "moderator", "analyst"}
ANALYSTS = {"coordinator", "analyst"}
BUILDING = str.split(
    "instruments new upload instrument draft criteria criterion answers scale classes scheme sources notes document "
    "preview check publish discard correct next retire file"
)
RESULTS = ("overview", "bring", "data", "compute", "publish", "withdraw", "study")
AGENDAS = str.split("agendas new upload agenda heading parties draft tree part check discard retire")
RUN_OR_MODERATE = {"coordinator", "facilitator", "moderator"}
# Who may open what at the desk, when the conversation is at their place. Every page of the desk must be here.
DESK = {
    "desk_home": ANY_STAFF,
    "people:people": COORDINATORS,
    "people:revoke": COORDINATORS,
    "people:add_organisation": COORDINATORS,
    "people:add_member": COORDINATORS,
    "record:audit": COORDINATORS,
    "record:export": COORDINATORS,
    "assessing:cases": COORDINATORS,
    "assessing:case": COORDINATORS,
    "assessing:act": COORDINATORS,
    "desk:conversations": ANY_STAFF,
    "desk:new": FACILITATORS,
    "desk:conversation": RUN_OR_MODERATE,  # moderators are led on to the queue
    "desk:edit": FACILITATORS,
    "desk:phase": FACILITATORS,
    "desk:statements": FACILITATORS,
    "desk:translations": FACILITATORS,
    "desk:about": FACILITATORS,
    "desk:share": FACILITATORS,
    "desk:renew_link": FACILITATORS,
    "desk:guests": FACILITATORS,
    "desk:codes": FACILITATORS,
    "desk:withdraw": FACILITATORS,
    "desk:coverage": FACILITATORS,
    "desk:freeze": FACILITATORS,
    "moderation:queue": RUN_OR_MODERATE,
    "moderation:decide": RUN_OR_MODERATE,
    "moderation:appeals": RUN_OR_MODERATE,
    "moderation:decide_appeal": RUN_OR_MODERATE,
    "moderation:alike": RUN_OR_MODERATE,
    "moderation:decide_alike": RUN_OR_MODERATE,
    "moderation:unmerge": RUN_OR_MODERATE,
    "moderation:patterns": RUN_OR_MODERATE,
    "moderation:look_for_patterns": RUN_OR_MODERATE,
    "moderation:decide_flag": RUN_OR_MODERATE,
    "moderation:decided": RUN_OR_MODERATE,
    **{f"building:{name}": ANALYSTS for name in BUILDING},
    **dict.fromkeys((f"results_desk:{name}" for name in RESULTS), ANALYSTS),
    "calendar_desk:due": ANALYSTS,
    "calendar_desk:change": ANALYSTS,
    "calendar_desk:withdraw": ANALYSTS,
    **dict.fromkeys((f"budgets_desk:{name}" for name in ("overview", "columns", "act", "link")), ANALYSTS),
    "budgets_desk:photos": COORDINATORS,
    "budgets_desk:decide": COORDINATORS,
    "accounts_desk:queue": COORDINATORS,
    "accounts_desk:residents": COORDINATORS,
    "accounts_desk:question": COORDINATORS,
    "accounts_desk:cover": COORDINATORS,
    "accounts_desk:bring": ANALYSTS,
    "accounts_desk:template": ANALYSTS,
    "indicators_desk:desk": ANALYSTS,
    "indicators_desk:decide": ANALYSTS,
    "indicators_desk:target": ANALYSTS,
    **dict.fromkeys((f"agendas_desk:{name}" for name in AGENDAS), ANALYSTS),
}
