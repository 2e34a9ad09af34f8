from django.apps import AppConfig


class DialogueConfig(AppConfig):
    name = "kurak.dialogue"
    label = "dialogue"

    def ready(self) -> None:
        from kurak.dialogue.conversations.editions.kinds import register_kinds

        register_kinds()
