"""How private each field of the room is (kurak/ground/safety/classes.py says what the words mean)."""

from kurak.ground.safety.classes import Sorted

FIELDS = {
    "Instrument": Sorted("id code title kind units shipped owner place folded"),
    "Edition": Sorted(
        "id instrument edition revision dated status document text checksum sha256 label changed_at published_at",
        private="changed_by",
    ),
    "Assessment": Sorted(
        "id edition organisation place subject start end status since short reply_until consent published_at "
        "valid_until",
        private="opened_by opened_at consented_by consented_at",
        why="Public only once published with consent; before that, those who take part in it.",
    ),
    "Sheet": Sorted(
        "id assessment role handed_in_at",
        private="rater rater_organisation interests declared_at saved_at",
        why="Who rated is known to the coordinator and the panel; the organisation sees what was said, not who.",
    ),
    "Answer": Sorted("id sheet criterion given level", private="note", why="Public with the profile, if consented."),
    "Evidence": Sorted(
        "id answer title link page sha256 name size kind public",
        private="added_by added_at",
        why="Shown only where the organisation marked it public and the profile is published.",
    ),
    "Remark": Sorted(private="id assessment criterion kind text by at"),
    "DataSet": Sorted(
        "id edition source name layout units periods sha256 redistributable brought_at", private="columns brought_by"
    ),
    "Run": Sorted(
        "id edition data_set assessment status engine declaration made_from draws seed label shown made_at "
        "published_at",
        private="made_by",
    ),
    "Score": Sorted(
        "id run node unit period place organisation value low high rank rank_low rank_high ranked rank_share "
        "class_code class_share coverage reason"
    ),
    "Study": Sorted("id run n seed status found problem done_at", private="asked_by asked_at"),
    "Trend": Sorted("id run node unit place since until first last yearly goal by_year needed arrow"),
}
