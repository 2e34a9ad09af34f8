"""The ten languages of the platform. Loads no Django: settings read this."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    code: str  # ISO 639, as Django and our URLs use it
    cldr: str  # the name CLDR knows it by
    own_name: str
    english_name: str
    right_to_left: bool = False

    @property
    def direction(self) -> str:
        return "rtl" if self.right_to_left else "ltr"


LANGUAGES = (
    Language("en", "en", "English", "English"),
    Language("ru", "ru", "Русский", "Russian"),
    Language("kk", "kk", "Қазақша", "Kazakh"),
    Language("ky", "ky", "Кыргызча", "Kyrgyz"),
    Language("tg", "tg", "Тоҷикӣ", "Tajik"),
    Language("tk", "tk", "Türkmençe", "Turkmen"),
    Language("uz", "uz", "Oʻzbekcha", "Uzbek"),
    Language("mn", "mn", "Монгол", "Mongolian"),
    Language("prs", "fa_AF", "دری", "Dari", right_to_left=True),
    Language("ps", "ps", "پښتو", "Pashto", right_to_left=True),
)
BY_CODE = {language.code: language for language in LANGUAGES}
