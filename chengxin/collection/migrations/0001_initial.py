"""The local tables of collection, with the promises the database holds."""

import django.db.models.expressions
from django.db import migrations, models

from chengxin.foundation.sqlfiles import run_sql
from chengxin.foundation.tables import append_only


class Migration(migrations.Migration):
    initial = True

    dependencies = [("foundation", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("uid", models.UUIDField(unique=True)),
                ("organisation_id", models.UUIDField()),
                ("item", models.CharField(max_length=64)),
                ("edition", models.UUIDField()),
                ("sent_by", models.UUIDField()),
                ("channel", models.CharField(max_length=8)),
                ("reason", models.TextField()),
                ("state", models.CharField(max_length=12)),
                ("problem", models.CharField(default="", max_length=32)),
                ("same_as", models.UUIDField(null=True)),
                ("file_uid", models.UUIDField(null=True)),
                ("file_name", models.TextField(default="")),
                ("file_bytes", models.BigIntegerField()),
                ("file_digest", models.BinaryField()),
                ("file_facts", models.JSONField()),
                ("mapping", models.JSONField()),
                ("rows_expected", models.BigIntegerField(null=True)),
                ("received_at", models.DateTimeField()),
                ("received_on", models.DateField()),
                ("started_at", models.DateTimeField(null=True)),
                ("rows_received", models.BigIntegerField(null=True)),
                ("rows_accepted", models.BigIntegerField(null=True)),
                ("rows_new", models.BigIntegerField(null=True)),
                ("rows_changed", models.BigIntegerField(null=True)),
                ("rows_same", models.BigIntegerField(null=True)),
                ("rows_quarantined", models.BigIntegerField(null=True)),
                ("rows_refused", models.BigIntegerField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("file_destroy_at", models.DateTimeField()),
            ],
            options={
                "db_table": "collection_batch",
                "indexes": [
                    models.Index(fields=["organisation_id", "received_at"], name="collection_batch_of_office"),
                    models.Index(fields=["organisation_id", "item", "file_digest"], name="collection_batch_same_file"),
                    models.Index(fields=["sent_by", "received_on"], name="collection_batch_of_clerk"),
                    models.Index(
                        condition=models.Q(("file_uid__isnull", False)),
                        fields=["file_destroy_at"],
                        name="collection_batch_file_ends",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["answered", "cancelled", "draft", "screening", "stopped", "waiting"])
                        ),
                        name="collection_batch_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["command", "form", "upload"])),
                        name="collection_batch_channel_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="collection_batch_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "problem__in",
                                    [
                                        "contended",
                                        "database_away",
                                        "disk_full",
                                        "edition_gone",
                                        "fault",
                                        "file_damaged",
                                        "file_gone",
                                        "file_unreadable",
                                        "item_closed",
                                        "mismatches_capped",
                                    ],
                                ),
                                ("state", "stopped"),
                            ),
                            models.Q(models.Q(("state", "stopped"), _negated=True), ("problem", "")),
                            _connector="OR",
                        ),
                        name="collection_batch_stopped_says_why_not",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("rows_accepted__isnull", True),
                                ("rows_changed__isnull", True),
                                ("rows_new__isnull", True),
                                ("rows_quarantined__isnull", True),
                                ("rows_received__isnull", True),
                                ("rows_refused__isnull", True),
                                ("rows_same__isnull", True),
                            ),
                            models.Q(
                                ("rows_accepted__isnull", False),
                                ("rows_changed__isnull", False),
                                ("rows_new__isnull", False),
                                ("rows_quarantined__isnull", False),
                                ("rows_received__isnull", False),
                                ("rows_refused__isnull", False),
                                ("rows_same__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="collection_batch_counts_all_or_none",
                        violation_error_message="一批的各项行数同时确定 / the totals of a batch are settled together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rows_received__isnull", True),
                            (
                                "rows_received",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("rows_accepted"), "+", models.F("rows_quarantined")
                                    ),
                                    "+",
                                    models.F("rows_refused"),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="collection_batch_received_is_all_of_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rows_accepted__isnull", True),
                            (
                                "rows_accepted",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("rows_new"), "+", models.F("rows_changed")
                                    ),
                                    "+",
                                    models.F("rows_same"),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="collection_batch_accepted_is_all_of_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["answered", "cancelled"]), ("closed_at__isnull", False)),
                            models.Q(
                                models.Q(("state__in", ["answered", "cancelled"]), _negated=True),
                                models.Q(("closed_at__isnull", False), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="collection_batch_closed_is_dated",
                        violation_error_message="已答复或取消的批次有日期 / an answered or cancelled batch is dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["answered", "cancelled"]), ("rows_received__isnull", False)),
                            models.Q(
                                models.Q(("state__in", ["answered", "cancelled"]), _negated=True),
                                models.Q(("rows_received__isnull", False), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="collection_batch_closed_is_counted",
                        violation_error_message="已答复或取消的批次已计数 / an answered or cancelled batch is counted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("file_destroy_at__gt", models.F("received_at"))),
                        name="collection_batch_file_ends_after_it_came",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at__isnull", True),
                            ("file_destroy_at__gte", models.F("closed_at")),
                            _connector="OR",
                        ),
                        name="collection_batch_file_ends_after_answer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("file_uid__isnull", False), ("closed_at__isnull", False), _connector="OR"),
                        name="collection_batch_open_has_its_file",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Chunk",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "batch_id", "chunk_no", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("batch_id", models.UUIDField()),
                ("chunk_no", models.IntegerField()),
                ("first_row", models.BigIntegerField()),
                ("rows", models.IntegerField()),
                ("accepted_new", models.IntegerField()),
                ("accepted_changed", models.IntegerField()),
                ("accepted_same", models.IntegerField()),
                ("quarantined", models.IntegerField()),
                ("refused", models.IntegerField()),
                ("late", models.IntegerField()),
                ("corrected", models.IntegerField()),
                ("mismatches", models.IntegerField()),
                ("outcomes", models.BinaryField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "collection_chunk",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("first_row__gte", 1), ("rows__gte", 0)), name="collection_chunk_holds_rows"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "rows",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("accepted_new"), "+", models.F("accepted_changed")
                                            ),
                                            "+",
                                            models.F("accepted_same"),
                                        ),
                                        "+",
                                        models.F("quarantined"),
                                    ),
                                    "+",
                                    models.F("refused"),
                                ),
                            )
                        ),
                        name="collection_chunk_received_is_all_of_it",
                    ),
                    models.UniqueConstraint(fields=("batch_id", "first_row"), name="collection_chunk_rows_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="HeldRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "batch_id", "row_no", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("batch_id", models.UUIDField()),
                ("row_no", models.BigIntegerField()),
                ("uid", models.UUIDField(unique=True)),
                ("organisation_id", models.UUIDField()),
                ("item", models.CharField(max_length=64)),
                ("reason", models.CharField(max_length=48)),
                ("field", models.CharField(max_length=32)),
                ("kind", models.SmallIntegerField()),
                ("blind_index", models.BinaryField(null=True)),
                ("commitment", models.BinaryField()),
                ("joins", models.UUIDField(null=True)),
                ("sealed", models.BinaryField(null=True)),
                ("made_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("state", models.CharField(max_length=12)),
                ("decided_by", models.UUIDField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decision_reason", models.TextField(default="")),
            ],
            options={
                "db_table": "collection_quarantine",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["blind_index"],
                        name="collection_held_of_number",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "joined"])),
                        fields=["ends_at"],
                        name="collection_held_ends",
                    ),
                    models.Index(fields=["organisation_id", "made_at"], name="collection_held_of_office"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["ended", "joined", "released", "sent_back", "waiting"])),
                        name="collection_quarantine_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="collection_quarantine_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("made_at"))),
                        name="collection_quarantine_ends_after_made",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("blind_index__isnull", False), ("sealed__isnull", False), ("state", "waiting")),
                            models.Q(
                                models.Q(("state", "waiting"), _negated=True),
                                ("blind_index__isnull", True),
                                ("sealed__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="collection_quarantine_sealed_while_waiting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "joined"), _negated=True), ("joins__isnull", False), _connector="OR"
                        ),
                        name="collection_quarantine_joins_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["ended", "released", "sent_back"]), ("decided_at__isnull", False)),
                            models.Q(
                                models.Q(("state__in", ["ended", "released", "sent_back"]), _negated=True),
                                models.Q(("decided_at__isnull", False), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="collection_quarantine_decision_is_dated",
                        violation_error_message="已处理的行有日期 / a decided row is dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_by__isnull", False),
                                ("state__in", ["released", "sent_back"]),
                                models.Q(("decision_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state__in", ["released", "sent_back"]), _negated=True),
                                ("decided_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="collection_quarantine_decided_by_whom_and_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("commitment",),
                        name="collection_quarantine_waits_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mapping",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organisation_id",
                        "item",
                        "heading",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("organisation_id", models.UUIDField()),
                ("item", models.CharField(max_length=64)),
                ("heading", models.CharField(max_length=200)),
                ("field", models.CharField(blank=True, max_length=64)),
                ("kept_by", models.UUIDField()),
                ("kept_at", models.DateTimeField()),
            ],
            options={
                "db_table": "collection_mapping",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("heading", ""), _negated=True), name="collection_mapping_names_heading"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RecallRequest",
            fields=[
                ("uid", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("batch_id", models.UUIDField()),
                ("organisation_id", models.UUIDField()),
                ("state", models.CharField(max_length=12)),
                ("asked_by", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
                ("reason", models.TextField()),
                ("decided_by", models.UUIDField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decision_reason", models.TextField(default="")),
                ("told", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "collection_recall",
                "indexes": [models.Index(fields=["organisation_id", "asked_at"], name="collection_recall_of_office")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["approved", "asked", "refused"])),
                        name="collection_recall_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="collection_recall_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="collection_recall_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["approved", "refused"]), ("decided_at__isnull", False)),
                            models.Q(
                                models.Q(("state__in", ["approved", "refused"]), _negated=True),
                                models.Q(("decided_at__isnull", False), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="collection_recall_decision_is_dated",
                        violation_error_message="已决定的召回有日期 / a decided recall is dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_by__isnull", True), ("state", "asked")),
                            models.Q(
                                models.Q(("state", "asked"), _negated=True),
                                ("decided_by__isnull", False),
                                models.Q(("decision_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="collection_recall_decided_by_whom_and_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "refused"), _negated=True),
                        fields=("batch_id",),
                        name="collection_recall_once_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Refusal",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "batch_id", "row_no", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("batch_id", models.UUIDField()),
                ("row_no", models.BigIntegerField()),
                ("reason", models.CharField(max_length=48)),
                ("field", models.CharField(max_length=32)),
                ("faults", models.TextField()),
                ("commitment", models.BinaryField()),
            ],
            options={
                "db_table": "collection_refusal",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="collection_refusal_says_why"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organisation_id",
                        "item",
                        "period_from",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("organisation_id", models.UUIDField()),
                ("item", models.CharField(max_length=64)),
                ("period_from", models.DateField()),
                ("period_to", models.DateField()),
                ("due_on", models.DateField()),
                ("reported_at", models.DateTimeField()),
                ("reported_on", models.DateField()),
                ("batch_id", models.UUIDField(null=True)),
                ("reported_by", models.UUIDField()),
                ("reason", models.TextField()),
            ],
            options={
                "db_table": "collection_report",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("period_from__isnull", True),
                                ("period_to__isnull", True),
                                ("period_from__lte", models.F("period_to")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("period_from__isnull", True),
                                ("due_on__isnull", True),
                                ("period_from__lte", models.F("due_on")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("period_to__isnull", True),
                                ("due_on__isnull", True),
                                ("period_to__lte", models.F("due_on")),
                                _connector="OR",
                            ),
                        ),
                        name="collection_report_due_after_period",
                        violation_error_message="期限在该期之后 / a report is due after its period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="collection_report_says_why"
                    ),
                ],
            },
        ),
        run_sql("collection", "promises"),
        *(
            migrations.RunSQL(append_only(table), migrations.RunSQL.noop)
            for table in ("collection_chunk", "collection_refusal")
        ),
    ]
