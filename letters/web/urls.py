"""Every address of the workspace."""

from allauth.account import views as account
from allauth.mfa.totp.views import activate_totp
from allauth.socialaccount import views as social
from csp.decorators import csp_update
from django.urls import include, path, register_converter

from letters.web.outside.urls import DOOR
from letters.web.views import (
    accounts,
    accuracy,
    agreement,
    case,
    checks,
    clash,
    deciding,
    details,
    documents,
    errors,
    file,
    findings,
    grouping,
    home,
    kept,
    letter,
    merging,
    paperwork,
    proposing,
    publication,
    reviews,
    rounds,
    selection,
    starting,
    statement,
    versions,
    wording,
)


class Slug:
    """The id of an inspection, and of its findings, in an address."""

    regex = r"[A-Za-z][A-Za-z0-9_-]{0,31}"

    def to_python(self, value: str) -> str:
        """Return it as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Return it as it is."""
        return value


register_converter(Slug, "id")
totp_with_picture = csp_update({"img-src": ["data:"]})(activate_totp)
"""The page with the picture that an app reads a secret from: it stands in the page itself."""
handler400, handler404, handler500 = errors.no_text, errors.not_found, errors.broken
CASE = [
    path("", case.overview, name="case"),
    path("letter", letter.letter, name="letter"),
    path("findings/", findings.findings, name="findings"),
    path("findings/add/<id:section>", findings.add, name="add"),
    path("findings/group/<id:section>/<int:at>", grouping.group, name="group"),
    path("findings/<id:name>/regroup", grouping.regroup, name="regroup"),
    path("findings/<id:name>", findings.finding, name="finding"),
    path("findings/<id:name>/preview", findings.fragment, name="preview"),
    path("findings/<id:name>/move", findings.move, name="move"),
    path("findings/<id:name>/withdraw", findings.withdraw, name="withdraw"),
    path("findings/<id:name>/bring-back", findings.bring_back, name="bring_back"),
    path("details/", details.details, name="details"),
    path("details/dates", details.dates, name="dates"),
    path("details/wording", wording.wording, name="wording"),
    path("details/footnotes", wording.footnotes, name="footnotes"),
    path("details/replace", wording.replace, name="replace"),
    path("details/list/<slug:name>/", details.entries, name="entries"),
    path("details/list/<slug:name>/<int:at>", details.entry, name="entry"),
    path("details/<slug:name>", details.part, name="part"),
    path("file", file.file, name="file"),
    path("file/<int:pk>", file.given_file, name="given_file"),
    path("versions/", versions.versions, name="versions"),
    path("versions/<int:number>/restore", versions.restore, name="restore"),
    path("versions/<int:number>/letter.<slug:suffix>", versions.download, name="download"),
    path("compare", versions.compare, name="compare"),
    path("making/<int:pk>", versions.making, name="making"),
    path("made/<int:pk>", versions.made_file, name="made"),
    path("clash/<str:key>", clash.clash, name="clash"),
    path("checks/", checks.checks, name="checks"),
    path("checks/correct", checks.correct, name="correct"),
    path("checks/set-aside", checks.set_aside, name="set_aside"),
    path("checks/set-aside/<int:pk>", checks.aside, name="aside"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/send", reviews.send, name="send"),
    path("reviews/<int:number>/", reviews.review, name="review"),
    path("reviews/<int:number>/sent.docx", reviews.sent, name="sent"),
    path("reviews/<int:number>/copies/<str:name>", reviews.copy, name="copy"),
    path("reviews/<int:number>/manage", reviews.manage, name="manage"),
    path("reviews/<int:number>/changes", deciding.changes, name="decisions"),
    path("reviews/<int:number>/comments", deciding.answer, name="answer"),
    path("reviews/<int:number>/merge", merging.merge, name="merge"),
    path("reviews/<int:number>/merged/<int:pk>/<slug:kind>", merging.merged_file, name="merged"),
    path("reviews/<int:number>/write/<id:name>", proposing.written, name="propose"),
    path("agreement/", agreement.agreement, name="agreement"),
    path("agreement/ask", agreement.ask, name="ask"),
    path("agreement/agree", agreement.agree, name="agree"),
    path("agreement/take-back", agreement.take_back, name="take_back"),
    path("agreement/change", agreement.wish, name="wish"),
    path("agreement/change/<int:pk>", agreement.answer_wish, name="answer_wish"),
    path("accuracy/", accuracy.overview, name="accuracy"),
    path("accuracy/send", accuracy.send, name="to_area"),
    path("accuracy/<int:number>/", accuracy.answers, name="answers"),
    path("accuracy/<int:number>/manage", accuracy.manage, name="manage_answers"),
    path("accuracy/<int:number>/verdict", accuracy.verdict, name="verdict"),
    path("accuracy/<int:number>/settle", accuracy.finish, name="settle"),
    path("accuracy/<int:number>/evidence/<int:pk>", accuracy.evidence, name="evidence"),
    path("accuracy/<int:number>/log", accuracy.log, name="decision_log"),
    path("accuracy/<int:number>/form.docx", documents.form, name="form"),
    path("accuracy/<int:number>/form", documents.enter_form, name="enter_form"),
    path("accuracy/<int:number>/<slug:kind>.<slug:suffix>", documents.accuracy, name="accuracy_document"),
    path("reviews/<int:number>/checklist.<slug:suffix>", documents.checklist, name="checklist"),
    path("agreement/record.<slug:suffix>", documents.agreements, name="agreement_record"),
    path("documents/", paperwork.documents, name="documents"),
    path("documents/part/<slug:part>", paperwork.part, name="process_part"),
    path("documents/<slug:kind>", paperwork.document, name="document"),
    path("documents/made/<int:number>.<slug:suffix>", paperwork.made, name="made_document"),
    path("documents/made/<int:number>/sent", paperwork.sent, name="document_sent"),
    path("statement/", statement.statement, name="statement"),
    path("statement/ask", statement.ask, name="ask_statement"),
    path("statement/<int:number>/manage", statement.manage, name="manage_statement"),
    path("statement/<int:number>/reply", statement.reply, name="reply_statement"),
    path("statement/<int:number>/reply/<int:pk>.<slug:suffix>", statement.letter, name="reply_letter"),
    path("publication/", publication.publication, name="publication"),
    path("publication/ask", publication.ask, name="ask_publication"),
    path("publication/draft", publication.draft_pack, name="draft_pack"),
    path("publication/<int:number>/", publication.pack, name="pack"),
    path("publication/<int:number>/confirm", publication.confirm, name="confirm_publication"),
    path("publication/<int:number>/manage", publication.manage, name="manage_publication"),
    path("publication/<int:number>/address", publication.place, name="place"),
    path("publication/<int:number>/<slug:name>.zip", publication.folder, name="folder"),
    path("selection", selection.selection, name="selection"),
    path("people", case.people, name="people"),
    path("history", case.history, name="history"),
]
ACCOUNT = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("2fa/totp/activate/", totp_with_picture),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
    path("social/login/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("social/login/error/", social.login_error, name="socialaccount_login_error"),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
]
"""What is needed of the library that signs people in: nobody signs up, or changes an address or password by mail."""
urlpatterns = [
    path("", home.home, name="home"),
    path("cases/", home.cases, name="cases"),
    path("cases/new", starting.new, name="new"),
    path("cases/new/upload", starting.upload, name="new_upload"),
    path("cases/new/upload/<int:pk>", starting.uploaded, name="upload"),
    path("cases/new/questions", starting.questions, name="questions"),
    path("c/<id:slug>/", include(CASE)),
    path("a/<str:key>/", include(DOOR)),
    path("look/<slug:name>.css", letter.look, name="look"),
    path("people/", accounts.people, name="accounts"),
    path("people/<int:pk>", accounts.person, name="account_person"),
    path("rounds/", rounds.rounds, name="rounds"),
    path("practice/", rounds.practice, name="practice"),
    path("publish/", publication.to_place, name="to_place"),
    path("kept/", kept.typed_before, name="typed"),
    path("kept/<str:key>", kept.kept, name="kept"),
    path("help/", home.help_page, name="help"),
    path("health", home.health, name="health"),
    path("metrics", home.metrics, name="metrics"),
    path("accounts/", include(ACCOUNT)),
]
