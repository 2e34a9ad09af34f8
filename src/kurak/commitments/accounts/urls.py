"""/accounts/: reading them, and giving one's own."""

from django.urls import path, register_converter

from kurak.commitments.accounts import views
from kurak.commitments.accounts.listing import feeds
from kurak.commitments.accounts.listing import views as listing

app_name = "accounts"


class Form:
    """Of the list of gaps, as a file."""

    regex = "csv|json"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Form, "listed")

urlpatterns = [
    path("", listing.overview, name="overview"),
    path("gaps.<listed:form>", listing.data, name="data"),
    path("findings.atom", feeds.Findings(), name="findings"),
    path("scales/", views.ladders, name="scales"),
    path("of/<slug:agenda>/commitments/<str:code>/", views.commitment, name="commitment"),
    path("of/<slug:agenda>/<str:code>/<slug:place>/", views.provision, name="provision"),
    path("mine/", views.mine, name="mine"),
    path("write/", views.write, name="write"),
    path("ask/", views.ask, name="ask"),
    path("reply/account/<int:pk>/", views.reply, {"word": "account"}, name="reply_account"),
    path("reply/question/<int:pk>/", views.reply, {"word": "question"}, name="reply_question"),
    path("evidence/<int:pk>/file/", views.file, name="file"),
    path("evidence/<int:pk>/", views.change_evidence, name="change_evidence"),
    path("<int:pk>/", views.account, name="account"),
    path("<int:pk>/change/", views.change, name="change"),
    path("<int:pk>/evidence/", views.evidence, name="evidence"),
    path("<int:pk>/<slug:step>/", views.act, name="act"),
]
