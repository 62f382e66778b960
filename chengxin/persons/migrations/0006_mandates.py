import django.contrib.postgres.fields
from django.db import migrations, models

from chengxin.foundation.sqlfiles import run_sql
from chengxin.foundation.tables import append_only, distribute, row_security

TABLES = ("persons_mandate", "persons_mandate_act", "persons_mandate_held")


class Migration(migrations.Migration):
    dependencies = [
        ("persons", "0005_batch"),
    ]

    operations = [
        migrations.CreateModel(
            name="MandateHeld",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "person_id", "mandate_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("person_id", models.UUIDField()),
                ("mandate_id", models.UUIDField()),
                ("uid", models.UUIDField()),
                ("principal_id", models.UUIDField()),
            ],
            options={
                "db_table": "persons_mandate_held",
            },
        ),
        migrations.CreateModel(
            name="Mandate",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "person_id", "mandate_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("person_id", models.UUIDField()),
                ("mandate_id", models.UUIDField()),
                ("uid", models.UUIDField()),
                ("holder_id", models.UUIDField()),
                ("kind", models.CharField(max_length=16)),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), size=None),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("proof", models.CharField(max_length=24)),
                ("sealed", models.BinaryField()),
                ("given_by", models.UUIDField()),
                ("given_side", models.CharField(max_length=16)),
                ("organisation_id", models.UUIDField(null=True)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "db_table": "persons_mandate",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person_id", "mandate_id", "given_by", "given_side"),
                        name="persons_mandate_by_its_giver",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("holder_id", models.F("person_id")), _negated=True),
                        name="persons_mandate_never_for_oneself",
                        violation_error_message="不能代理自己 / nobody is mandated for themself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scopes__contained_by", ["read", "remedies", "consent"]), ("scopes__contains", ["read"])
                        ),
                        name="persons_mandate_scopes_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                        name="persons_mandate_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "parent"), ("proof__in", ["birth_certificate", "household_register"])),
                            models.Q(("kind", "guardian"), ("proof__in", ["ruling"])),
                            models.Q(("kind", "helper"), ("proof__in", ["own_act", "written"])),
                            _connector="OR",
                        ),
                        name="persons_mandate_rests_on_a_proof",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("given_side", "office"), ("organisation_id__isnull", False)),
                            models.Q(
                                ("given_side", "principal"),
                                ("kind", "helper"),
                                ("organisation_id__isnull", True),
                                ("proof", "own_act"),
                            ),
                            _connector="OR",
                        ),
                        name="persons_mandate_family_is_noted_by_an_office",
                        violation_error_message="父母、监护人须在窗口登记 / a parent or guardian is noted at a counter",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MandateAct",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "person_id", "mandate_id", "act", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("person_id", models.UUIDField()),
                ("mandate_id", models.UUIDField()),
                ("act", models.CharField(max_length=16)),
                ("at", models.DateTimeField()),
                ("side", models.CharField(max_length=16)),
                ("by", models.UUIDField()),
                ("organisation_id", models.UUIDField(null=True)),
                ("given_by", models.UUIDField(null=True)),
                ("given_side", models.CharField(blank=True, max_length=16)),
                ("reason", models.TextField()),
            ],
            options={
                "db_table": "persons_mandate_act",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("act", "ended"),
                                ("given_by__isnull", True),
                                ("given_side", ""),
                                ("side__in", ["principal", "holder", "office"]),
                            ),
                            models.Q(
                                ("act", "confirmed"),
                                ("given_by__isnull", False),
                                models.Q(("by", models.F("given_by")), _negated=True),
                                models.Q(
                                    models.Q(("given_side", "principal"), ("side", "holder")),
                                    models.Q(("given_side", "office"), ("side", "office")),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="persons_mandate_act_two_hands",
                        violation_error_message="须由另一人确认 / another must confirm",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("side", "office"),
                                ("organisation_id__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            models.Q(models.Q(("side", "office"), _negated=True), ("organisation_id__isnull", True)),
                            _connector="OR",
                        ),
                        name="persons_mandate_act_of_an_office_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MandateCode",
            fields=[
                ("code_hash", models.BinaryField(primary_key=True, serialize=False)),
                ("person_id", models.UUIDField()),
                ("made_by", models.UUIDField()),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), size=None),
                ),
                ("ends_on", models.DateField()),
            ],
            options={
                "db_table": "persons_mandate_code",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("made_at"))),
                        name="persons_mandate_code_expires_after_made",
                    )
                ],
            },
        ),
        *(migrations.RunSQL(append_only(table, disposable=True), migrations.RunSQL.noop) for table in TABLES),
        *(migrations.RunSQL(row_security(table), migrations.RunSQL.noop) for table in TABLES),
        run_sql("persons", "mandates"),
        *(migrations.RunSQL(distribute(table), migrations.RunSQL.noop) for table in TABLES),
    ]
