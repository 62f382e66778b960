"""Who signs in: an account says nothing about the human behind it; offices and persons link to it."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import CheckConstraint, Q

from chengxin.foundation import clock
from chengxin.foundation.privacy import Kept
from chengxin.kernel.ids import new_id


class AccountManager(BaseUserManager["Account"]):
    """Reads accounts by the name they sign in with."""

    def create_user(self, username: str, password: str | None = None, *, kind: str = "resident") -> "Account":
        """One account; without a password it signs in by passkey or by the city's sign-in service alone."""
        account = self.model(username=username, kind=kind)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """One account. `username` is random for residents and a work login for officials: never a number or a name."""

    class Kind(models.TextChoices):
        OFFICIAL = "official"
        RESIDENT = "resident"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.RESIDENT)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    objects = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            CheckConstraint(name="foundation_account_kind_is_known", condition=Q(kind__in=["official", "resident"])),
            CheckConstraint(
                name="foundation_account_username_is_no_number",
                # fifteen digits in a row are an identity, card or telephone number, and those are never account names
                condition=~Q(username__regex=r"[0-9]{15}"),
                violation_error_message="账户名不得使用证件号码 / an account name must not be an identity number",
            ),
        ]

    class Privacy:
        fields = {
            "id": Kept(personal=False, sensitive=False, kept="as long as the account"),
            "username": Kept(personal=True, sensitive=False, kept="as long as the account"),
            "kind": Kept(personal=False, sensitive=False, kept="as long as the account"),
            "is_active": Kept(personal=False, sensitive=False, kept="as long as the account"),
            "made_at": Kept(personal=False, sensitive=False, kept="as long as the account"),
            "password": Kept(personal=True, sensitive=True, kept="as long as the account, as a slow hash"),
            "last_login": Kept(personal=True, sensitive=False, kept="as long as the account, the last moment alone"),
        }

    def __str__(self) -> str:
        return str(self.id)
