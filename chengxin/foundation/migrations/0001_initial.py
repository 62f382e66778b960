"""Accounts and the journal, the rights of each role on them, and the functions behind append-only tables."""

from django.db import migrations, models

import chengxin.foundation.clock
import chengxin.kernel.ids
from chengxin.foundation.sqlfiles import run_sql
from chengxin.foundation.tables import append_only, grants


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        run_sql("foundation", "refuse_change"),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "id",
                    models.UUIDField(
                        default=chengxin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("username", models.CharField(max_length=64, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("official", "Official"), ("resident", "Resident")], default="resident", max_length=16
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("made_at", models.DateTimeField(default=chengxin.foundation.clock.now, editable=False)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["official", "resident"])),
                        name="foundation_account_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("username__regex", "[0-9]{15}"), _negated=True),
                        name="foundation_account_username_is_no_number",
                        violation_error_message="账户名不得使用证件号码 / an account name must not be an identity number",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Journal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=chengxin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField()),
                ("actor_kind", models.CharField(max_length=16)),
                ("account_id", models.UUIDField(null=True)),
                ("official_id", models.UUIDField(null=True)),
                ("organisation_id", models.UUIDField(null=True)),
                ("role", models.CharField(max_length=32)),
                ("actor_name", models.CharField(max_length=100)),
                ("act", models.CharField(max_length=64)),
                ("thing_kind", models.CharField(max_length=64)),
                ("thing_uid", models.UUIDField()),
                ("about_organisation_id", models.UUIDField(null=True)),
                ("reason", models.TextField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["thing_uid", "at"], name="foundation_journal_thing"),
                    models.Index(fields=["about_organisation_id", "at"], name="foundation_journal_office"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("actor_kind", "official"),
                                ("official_id__isnull", False),
                                ("organisation_id__isnull", False),
                            ),
                            models.Q(("actor_kind", "client"), ("organisation_id__isnull", False)),
                            models.Q(("account_id__isnull", False), ("actor_kind", "person")),
                            models.Q(("actor_kind", "system"), models.Q(("actor_name", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="foundation_journal_says_who",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("act", ""), _negated=True), models.Q(("thing_kind", ""), _negated=True)
                        ),
                        name="foundation_journal_says_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="foundation_journal_says_why"
                    ),
                ],
            },
        ),
        migrations.RunSQL(grants("foundation_account", web="SELECT, INSERT, UPDATE, DELETE"), migrations.RunSQL.noop),
        migrations.RunSQL(
            grants("foundation_journal", web="SELECT, INSERT", intake="INSERT", disposer="INSERT"),
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(append_only("foundation_journal"), migrations.RunSQL.noop),
    ]
