"""How private each field of the room is (kurak/ground/safety/classes.py says what the words mean)."""

# ruff: noqa: S106 - names of fields, not passwords
from kurak.ground.safety.classes import Sorted

FIELDS = {
    "Conversation": Sorted(
        "id slug question introduction policy place organisation phase opens closes admission moderation may_write "
        "longest asks publishes_votes origin created",
        private="opened_by",
        secret="link_token",
        why="Whoever has the link may take part.",
    ),
    "Conversation_themes": Sorted("id conversation theme"),
    "GuestCode": Sorted(
        private="id conversation used country generation",
        secret="digest",
        why="That a code was used is kept, not who used it. The code itself is not kept, only its digest.",
    ),
    "Participant": Sorted(
        "id conversation number weight published_group",
        private="country generation gender settlement consented",
        secret="digest",
        why="A pseudonym of one conversation. The key is in the browser; its digest leads to no other conversation. "
        "The four answers are given with consent, or not at all.",
    ),
    "Statement": Sorted(
        "id conversation number text author author_number status reason is_meta is_seed merged_into revision created "
        "folded",
        private="note appeal appeal_open",
        why="Rejected statements are public only as number and reason. What moderator and author wrote to each "
        "other is for the two of them.",
    ),
    "Vote": Sorted(
        "id conversation participant statement value matters latest at",
        private="chance",
        why="Published under the participant's number where the conversation says so, with its time.",
    ),
    "Picture": Sorted(
        "id conversation version last_vote stale drawn_at seconds people votes shown",
        private="state compass",
        why="What the engine needs to go on: positions of pseudonyms.",
    ),
    "Edition": Sorted(
        "id conversation number published_at last_vote shown engine input_digest", private="published_by"
    ),
    "Flag": Sorted(private="id participant kind evidence state reason"),
    "Remainder": Sorted("id conversation content"),
    "Decision": Sorted("id conversation statement other participant verb reason at", private="note by"),
    "Comparison": Sorted("id conversation at shown"),
}
