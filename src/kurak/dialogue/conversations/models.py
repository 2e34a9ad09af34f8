"""What is stored of a conversation. Participants are pseudonyms of one conversation: nothing leads to an account,
a device, a network or another conversation."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kurak.ground.languages.text import TextField
from kurak.ground.people.models import Organisation
from kurak.ground.places.models import Place
from kurak.ground.themes.models import Theme

LONGEST_STATEMENT = 280


def nobody(**_) -> None:
    """History never takes its author from the request: a participant who is signed in stays a pseudonym.
    Acts of staff say who acted (`_history_user`)."""


class Conversation(models.Model):
    """A question put to people, who answer by voting on each other's statements."""

    class Phase(models.TextChoices):
        DRAFT = "draft", _("In preparation")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    class Admission(models.TextChoices):
        OPEN = "open", _("Everybody")
        LINK = "link", _("Everybody who has the link")
        GUESTS = "guests", _("Guests with a one-time code")

    class Moderation(models.TextChoices):
        OPEN = "open", _("Statements are shown at once")
        STRICT = "strict", _("Statements are shown after a moderator has accepted them")

    slug = models.SlugField(max_length=80, unique=True)
    question = TextField()
    introduction = TextField(null=True, blank=True)
    policy = TextField(null=True, blank=True)  # the moderation policy, if it differs from the house's
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="conversations")
    themes = models.ManyToManyField(Theme, related_name="conversations", blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    phase = models.CharField(max_length=8, choices=Phase, default=Phase.DRAFT)
    opens = models.DateTimeField(null=True, blank=True)  # the phase changes by itself at these times
    closes = models.DateTimeField(null=True, blank=True)
    admission = models.CharField(max_length=8, choices=Admission, default=Admission.OPEN)
    link_token = models.CharField(max_length=32, blank=True)
    moderation = models.CharField(max_length=8, choices=Moderation, default=Moderation.STRICT)
    may_write = models.BooleanField(default=True)  # participants may add statements
    longest = models.PositiveSmallIntegerField(default=LONGEST_STATEMENT)
    asks = models.JSONField(default=list)  # which of country, generation, gender, settlement are asked
    publishes_votes = models.BooleanField(default=True)  # the pseudonymous matrix is open data, and people are told so
    origin = models.JSONField(default=dict)  # of an import: layout, file hashes, attribution, licence
    created = models.DateTimeField(default=timezone.now)
    history = HistoricalRecords(get_user=nobody, excluded_fields=["link_token"])

    class Meta:
        ordering = ["-created", "-pk"]

    def __str__(self) -> str:
        return self.slug

    @property
    def is_open(self) -> bool:
        return self.phase == self.Phase.OPEN

    @property
    def is_listed(self) -> bool:
        return self.phase != self.Phase.DRAFT and self.admission == self.Admission.OPEN


class GuestCode(models.Model):
    """An invitation. Who used it is not kept, only that it was used; expected answers serve the coverage."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="guest_codes")
    digest = models.CharField(max_length=64)
    used = models.BooleanField(default=False)
    country = models.CharField(max_length=20, blank=True)
    generation = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "digest"], name="guest_code_once")]


class Participant(models.Model):
    """A pseudonym. The key stays in the participant's browser; here is only its digest."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="participants")
    number = models.PositiveIntegerField()  # the voter-id of open data
    digest = models.CharField(max_length=64, blank=True)  # empty: imported, simulated or erased
    country = models.CharField(max_length=20, blank=True)
    generation = models.CharField(max_length=20, blank=True)
    gender = models.CharField(max_length=20, blank=True)
    settlement = models.CharField(max_length=20, blank=True)
    consented = models.BooleanField(default=False)  # to the four answers above
    weight = models.FloatField(default=1.0)  # 0: excluded by a moderator, see Flag
    published_group = models.IntegerField(null=True, blank=True)  # of an import: the group the source published

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "number"], name="participant_number_once"),
            models.UniqueConstraint(
                fields=["conversation", "digest"], condition=~Q(digest=""), name="participant_digest_once"
            ),
        ]
        # SQLite uses a partial index only where the query repeats its condition letter for letter.
        indexes = [models.Index(fields=["conversation", "digest"], name="participant_by_digest")]

    def __str__(self) -> str:
        return f"participant {self.number}"


class Statement(models.Model):
    """One thought, short enough to agree or disagree with."""

    class Status(models.IntegerChoices):
        REJECTED = -1, _("Rejected")
        WAITING = 0, _("Not moderated")
        ACCEPTED = 1, _("Accepted")

    class Reason(models.TextChoices):
        NONE = "", "–"
        SPAM = "spam", _("Spam or advertising")
        OFF_TOPIC = "off_topic", _("Does not answer the question")
        SEVERAL = "several", _("Several thoughts in one")
        UNCLEAR = "unclear", _("Cannot be understood")
        HATE = "hate", _("Hatred, threats or insults")
        PERSONAL = "personal", _("Names or endangers a person")
        DUPLICATE = "duplicate", _("Says the same as another statement")
        OTHER = "other", _("Other")

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="statements")
    number = models.PositiveIntegerField()  # the comment-id of open data
    text = TextField()
    author = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="statements")
    author_number = models.IntegerField(null=True, blank=True)  # of an import: the author-id, who may never have voted
    status = models.SmallIntegerField(choices=Status, default=Status.WAITING)
    reason = models.CharField(max_length=10, choices=Reason, blank=True, default="")
    note = models.TextField(blank=True)  # the moderator's words to the author
    appeal = models.TextField(blank=True)  # the author's answer
    appeal_open = models.BooleanField(default=False)
    is_meta = models.BooleanField(default=False)  # about the person, not about the matter
    is_seed = models.BooleanField(default=False)  # written by the facilitators
    merged_into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="merged")
    folded = models.TextField(blank=True)  # the body in folded letters, to find near-duplicates
    revision = models.PositiveIntegerField(default=0)  # grows with every act of staff: two do not overwrite each other
    created = models.DateTimeField(default=timezone.now, null=True)  # none: of an import whose files do not say
    history = HistoricalRecords(get_user=nobody, excluded_fields=["author", "author_number", "folded"])

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["conversation", "number"], name="statement_number_once")]
        indexes = [models.Index(fields=["conversation", "status"], name="statement_status")]

    def __str__(self) -> str:
        return f"statement {self.number}"

    @property
    def left_out(self) -> bool:
        """Out of the picture: rejected, merged, or about the person."""
        return self.status == self.Status.REJECTED or self.merged_into_id is not None or self.is_meta


class Vote(models.Model):
    """An event: a participant's word on a statement. A changed vote is a new row, the old one no longer the latest."""

    class Value(models.IntegerChoices):
        DISAGREE = -1, _("Disagree")
        PASS = 0, _("Pass")
        AGREE = 1, _("Agree")

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="votes", db_index=False)
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="votes", db_index=False)
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="votes")
    value = models.SmallIntegerField(choices=Value)
    matters = models.BooleanField(default=False)  # "this matters to me"
    latest = models.BooleanField(default=True)
    chance = models.FloatField(null=True, blank=True)  # the probability with which the statement was shown
    at = models.DateTimeField(default=timezone.now, null=True)  # none: of an import whose files do not say

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "statement"], condition=Q(latest=True), name="vote_latest_once"
            )
        ]
        indexes = [
            models.Index(fields=["conversation", "id"], name="vote_since"),
            # SQLite never uses the partial index above for Django's `latest`: without this one a person's votes would
            # be found by reading everybody's.
            models.Index(fields=["participant", "at"], name="vote_of_participant"),
        ]

    @property
    def agrees(self) -> bool:
        return self.value == self.Value.AGREE

    @property
    def disagrees(self) -> bool:
        return self.value == self.Value.DISAGREE

    @property
    def passes(self) -> bool:
        return self.value == self.Value.PASS


class Picture(models.Model):
    """The living picture of a conversation: the newest one, kept whole so that a restart changes nothing."""

    conversation = models.OneToOneField(Conversation, on_delete=models.CASCADE, related_name="picture")
    version = models.PositiveIntegerField(default=0)
    last_vote = models.BigIntegerField(default=0)  # every vote up to this row is in it
    stale = models.BooleanField(default=False)  # something other than a vote changed: draw anew
    drawn_at = models.DateTimeField(default=timezone.now)
    seconds = models.FloatField(default=0)  # how long drawing took
    people = models.PositiveIntegerField(default=0)
    votes = models.PositiveIntegerField(default=0)
    shown = models.JSONField(default=dict)  # what pages show: groups, findings, patches (see analysis.py)
    state = models.BinaryField(default=bytes)  # what the engine needs to go on (npz, no pickles)
    compass = models.BinaryField(default=bytes)  # the part of it that places one person


class Edition(models.Model):
    """A picture frozen for citation: numbers that were published, with all that is needed to recompute them."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    last_vote = models.BigIntegerField()
    shown = models.JSONField()
    engine = models.CharField(max_length=40)
    input_digest = models.CharField(max_length=64)  # of votes.csv as exported at that moment

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["conversation", "number"], name="edition_number_once")]


class Flag(models.Model):
    """A pattern worth a moderator's look. Excluding is reversible and written down; the maths honours it."""

    class Kind(models.TextChoices):
        TWIN = "twin", _("Votes nearly the same as others'")
        ONE_SIDED = "one_sided", _("Agrees or disagrees with everything")
        TOO_FAST = "too_fast", _("Votes faster than one can read")

    class State(models.TextChoices):
        OPEN = "open", _("To be looked at")
        CLEARED = "cleared", _("Nothing wrong")
        EXCLUDED = "excluded", _("Left out of the picture")

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="flags")
    kind = models.CharField(max_length=10, choices=Kind)
    evidence = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["participant", "kind"], name="flag_once_a_kind")]


class Remainder(models.Model):
    """What the files of an imported conversation say and the tables above do not: columns, zones, odd cells. With it
    an export gives the files back. Kept apart from the conversation, which every vote reads."""

    conversation = models.OneToOneField(Conversation, on_delete=models.CASCADE, related_name="remainder")
    content = models.BinaryField()  # JSON, compressed (see exchange/remainder.py)
