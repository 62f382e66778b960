"""Editions, the decisions on them, what they mean for display and law, and who confirmed their sources."""

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models

import chengxin.kernel.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [("foundation", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="StoredEdition",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=chengxin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("uid", models.UUIDField(default=chengxin.kernel.ids.new_uid, editable=False, unique=True)),
                ("level", models.CharField(max_length=16)),
                ("code", models.CharField(max_length=64)),
                ("content", models.JSONField()),
                ("digest", models.BinaryField(max_length=32)),
                ("in_force_from", models.DateField()),
                ("in_force_until", models.DateField(null=True)),
                ("proposed_at", models.DateTimeField()),
                ("proposed_by", models.UUIDField()),
            ],
            options={
                "db_table": "catalogue_edition",
            },
        ),
        migrations.CreateModel(
            name="Basis",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=chengxin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("law", models.CharField(max_length=200)),
                ("article", models.CharField(max_length=16)),
                ("in_force_from", models.DateField(null=True)),
                ("in_force_until", models.DateField(null=True)),
                ("source", models.CharField(max_length=64)),
                ("mark", models.CharField(max_length=3)),
            ],
            options={
                "db_table": "catalogue_basis",
            },
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=chengxin.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("source", models.CharField(max_length=64)),
                ("evidence", models.TextField()),
                ("confirmed_at", models.DateTimeField()),
                ("confirmed_by", models.UUIDField()),
            ],
            options={
                "db_table": "catalogue_confirmation",
            },
        ),
        migrations.CreateModel(
            name="Display",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "item_code",
                        "act_class",
                        "in_force_from",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("edition_id", models.UUIDField()),
                ("item_code", models.CharField(max_length=48)),
                ("act_class", models.SmallIntegerField()),
                ("max_months", models.SmallIntegerField(null=True)),
                ("in_force_from", models.DateField()),
                ("in_force_until", models.DateField(null=True)),
            ],
            options={
                "db_table": "catalogue_display",
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.RESTRICT,
                        primary_key=True,
                        related_name="approval",
                        serialize=False,
                        to="catalogue.storededition",
                    ),
                ),
                ("proposed_by", models.UUIDField()),
                ("is_approved", models.BooleanField()),
                ("approved_at", models.DateTimeField()),
                ("approved_by", models.UUIDField()),
            ],
            options={
                "db_table": "catalogue_approval",
            },
        ),
        migrations.AddConstraint(
            model_name="storededition",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ["city", "national"])), name="catalogue_edition_level_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="storededition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("in_force_until__isnull", True), ("in_force_until__gt", models.F("in_force_from")), _connector="OR"
                ),
                name="catalogue_edition_dates_in_order",
                violation_error_message="终止在起始之后 / an edition ends after it begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="storededition",
            constraint=models.CheckConstraint(
                condition=models.Q(("code", ""), _negated=True), name="catalogue_edition_has_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="storededition",
            constraint=models.UniqueConstraint(fields=("id", "proposed_by"), name="catalogue_edition_with_proposer"),
        ),
        migrations.AddField(
            model_name="basis",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT, related_name="bases", to="catalogue.storededition"
            ),
        ),
        migrations.AddField(
            model_name="confirmation",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT, related_name="confirmations", to="catalogue.storededition"
            ),
        ),
        migrations.AddConstraint(
            model_name="display",
            constraint=models.CheckConstraint(
                condition=models.Q(("act_class__in", [0, 1, 2, 3])), name="catalogue_display_class_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="display",
            constraint=models.CheckConstraint(
                condition=models.Q(("max_months__isnull", True), ("max_months__gt", 0), _connector="OR"),
                name="catalogue_display_months_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="display",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("max_months__isnull", True),
                    ("act_class", 0),
                    models.Q(("act_class", 1), ("max_months__lte", 3)),
                    models.Q(("act_class", 2), ("max_months__lte", 12)),
                    models.Q(("act_class", 3), ("max_months__lte", 36)),
                    _connector="OR",
                ),
                name="catalogue_display_under_ceiling",
                violation_error_message="展示不超过三个月、一年、三年 / three months, one year, three years at most",
            ),
        ),
        migrations.AddConstraint(
            model_name="display",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("in_force_until__isnull", True), ("in_force_until__gt", models.F("in_force_from")), _connector="OR"
                ),
                name="catalogue_display_dates_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="display",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("item_code", "="),
                    ("act_class", "="),
                    (
                        models.Func(
                            models.F("in_force_from"),
                            models.F("in_force_until"),
                            models.Value("[)"),
                            function="daterange",
                        ),
                        "&&",
                    ),
                ],
                name="catalogue_display_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.CheckConstraint(
                condition=models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                name="catalogue_approval_by_another",
                violation_error_message="提出人不得自行批准 / who proposes does not approve",
            ),
        ),
        migrations.AddConstraint(
            model_name="basis",
            constraint=models.UniqueConstraint(
                fields=("edition", "law", "article"), name="catalogue_basis_article_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="basis",
            constraint=models.CheckConstraint(
                condition=models.Q(("mark__in", ["A", "B", "C", "M", "own"])), name="catalogue_basis_mark_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="basis",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("in_force_until__isnull", True),
                    ("in_force_from__isnull", True),
                    ("in_force_until__gt", models.F("in_force_from")),
                    _connector="OR",
                ),
                name="catalogue_basis_dates_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="confirmation",
            constraint=models.UniqueConstraint(fields=("edition", "source"), name="catalogue_confirmation_source_once"),
        ),
        migrations.AddConstraint(
            model_name="confirmation",
            constraint=models.CheckConstraint(
                condition=models.Q(("evidence", ""), _negated=True),
                name="catalogue_confirmation_says_where",
                violation_error_message="写明核对的官方文本 / say which official text was read",
            ),
        ),
    ]
