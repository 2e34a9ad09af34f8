"""How private each field of the room is (kurak/ground/safety/classes.py says what the words mean)."""

from kurak.ground.safety.classes import Sorted

FIELDS = {
    "Agenda": Sorted(
        "id code kind title summary level place owner shipped status adopted holds_from holds_until source url licence "
        "checked verified file_sha256 folded"
    ),
    "Version": Sorted(
        "id agenda number label dated status document sha256 note made_at published_at", private="made_by"
    ),
    "Provision": Sorted(
        "id agenda code parent kind position depth title text place about holds_from holds_until verified ended folded"
    ),
    "Crosswalk": Sorted("id start end relation note source verified"),
    "Participation": Sorted(
        "id agenda place status signed_on consent consented_on consented_year holds_from as_of note source verified"
    ),
    "Commitment": Sorted(
        "id agenda code provisions title text level place owner owner_name partners starts deadline status "
        "status_since status_why source url verified withdrawn folded"
    ),
    "Commitment_provisions": Sorted("id commitment provision"),
    "Commitment_partners": Sorted("id commitment organisation"),
    "Step": Sorted("id commitments title owner_name starts due done_on dropped note"),
    "Step_commitments": Sorted("id step commitment"),
    "Account": Sorted(
        "id commitment provision place start end grader organisation said_by first_hand scale value ladder confidence "
        "text status published_at replaces",
        private="since remark written_by approved_by",
        why="Public only once approved; before that, those who write and approve it.",
    ),
    "Evidence": Sorted(
        "id account title page url copy_url sha256 name size kind measure public",
        private="added_by added_at",
        why="Shown only with an approved account; the file itself only where it is marked public.",
    ),
    "Question": Sorted(
        "id commitment provision place organisation text published_at withdrawn_at", private="asked_at asked_by why"
    ),
    "Due": Sorted(
        "id agenda provision place kind day exact title url source verified withdrawn changed_at", private="added_by"
    ),
    "Reminder": Sorted(private="id person agenda place days", why="Its owner sees it, and nobody else."),
    "Told": Sorted(private="id person key day days", why="So that no mail goes out twice."),
    "Reply": Sorted(
        "id account question organisation text said_at covered_at covered_why",
        private="said_by",
        why="The text only while it is not covered.",
    ),
    "HistoricalCommitment_provisions": Sorted(private="m2m_history_id history id commitment provision"),
    "HistoricalCommitment_partners": Sorted(private="m2m_history_id history id commitment organisation"),
    "HistoricalStep_commitments": Sorted(private="m2m_history_id history id step commitment"),
    "Indicator": Sorted(
        "id code quantity title text kind codes goal source url least most parity fixed headline direction_by folded"
    ),
    "Indicator_provisions": Sorted("id indicator provision"),
    "Indicator_commitments": Sorted("id indicator commitment"),
    "Provider": Sorted("id source kind place organisation"),
    "Target": Sorted("id indicator place slice year value baseline_year baseline path kind source url verified"),
    "Batch": Sorted(
        "id file sha256 form source place read new superseding unchanged repeated refused problems notes brought_at",
        private="brought_by",
    ),
    "Series": Sorted(
        "id indicator place source slice n since until first last target method status verdicts outlook disagree "
        "engine computed_at"
    ),
    "Observation": Sorted(
        private="id indicator place organisation year slice value low high n how evidence status remark measure "
        "offered_at offered_by decided_at decided_by",
        why="Seen by those who offer and approve it; approved, it becomes a measure, and that is public.",
    ),
    "ShadowReport": Sorted(
        "id code title agenda place start end lead addressee",
        private="most_words due opened_by opened_at closed_at",
        why="Public with its first edition; the work in progress belongs to the coalition.",
    ),
    "Section": Sorted(
        private="id report position heading provision body writer ready changed_at changed_by",
        why="The coalition's; an edition holds what was published of it.",
    ),
    "SectionComment": Sorted(private="id section text by at settled"),
    "CoAuthor": Sorted(
        private="id report organisation invited_at signed_at signed_by",
        why="Who was asked to sign and has not is nobody's business.",
    ),
    "FrozenReport": Sorted(
        "id report number document sha256 note frozen_at withdrawn_at withdrawn_why", private="frozen_by"
    ),
    "Budget": Sorted(
        "id place year currency source url agenda status month invented sha256 file published_at",
        private="brought_at brought_by",
    ),
    "BudgetLine": Sorted(
        "id budget code position title side functional economic office special approved adjusted executed commitments "
        "place"
    ),
    "BudgetLine_commitments": Sorted("id budgetline commitment"),
    "Spending": Sorted("id line month amount"),
    "ColumnMapping": Sorted(private="id place signature columns reading at"),
    "BudgetFile": Sorted(private="id place year about sha256 name sent_by sent_at", why="Who sent it sees it."),
    "ResidentAnswer": Sorted(
        private="id line person done good on", why="Leaves as a guarded count only; who answered what nobody sees."
    ),
    "AnswerPhoto": Sorted(
        "id sha256 kind size status",
        private="answer on",
        why="Shown once a coordinator has looked at it; who sent it and when is not.",
    ),
    "Review": Sorted("id place kind year title url sha256 assessment", private="added_at added_by"),
    "TargetClaim": Sorted("id review target page", private="by at", why="Readers are counted, not named."),
    "GovernmentComment": Sorted("id review criterion organisation text said_at", private="said_by"),
}
