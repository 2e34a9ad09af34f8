"""Who someone is to the platform: an account, an organisation, a right. Participants of conversations are not here:
a pseudonym belongs to one conversation and leads back to no account."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kurak.ground.languages.text import TextField
from kurak.ground.places.models import Place


def today():
    return timezone.now().date()


class People(BaseUserManager["Person"]):
    def create_user(self, username, email="", password=None, **fields):
        person = self.model(username=username, email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    create_superuser = create_user


class Person(AbstractBaseUser, PermissionsMixin):
    """An account. Participants need none; staff have one, with a second factor."""

    last_login = None  # when somebody was here is nobody's business
    username = models.CharField(_("name"), max_length=60, unique=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    is_active = models.BooleanField(default=True)
    joined = models.DateField(default=today)

    objects = People()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    def __str__(self) -> str:
        return self.username


class Organisation(models.Model):
    class Kind(models.TextChoices):
        CIVIL = "civil-society", _("Civil society organisation")
        AUTHORITY = "authority", _("Public authority")
        BODY = "international", _("Treaty body or international organisation")
        ENTERPRISE = "enterprise", _("Enterprise")
        SCHOOL = "academia", _("University or research institute")

    slug = models.SlugField(max_length=60, unique=True)
    name = TextField()
    kind = models.CharField(max_length=14, choices=Kind, default=Kind.CIVIL)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="organisations")
    website = models.URLField(blank=True)

    def __str__(self) -> str:
        return self.slug


class Membership(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    officer = models.BooleanField(default=False)  # may speak for the organisation

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "organisation"], name="membership_once")]


class Grant(models.Model):
    """A person holds a role at a place, and at every place inside it."""

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", _("Coordinator")
        FACILITATOR = "facilitator", _("Facilitator")
        MODERATOR = "moderator", _("Moderator")
        ANALYST = "analyst", _("Analyst")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=12, choices=Role)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="grants")
    granted_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    granted_on = models.DateField(default=today)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "role", "place"], name="grant_once")]
