"""What the database itself holds of offices: which columns an act may change, and a copy on every server of a cluster."""

from django.db import migrations

from chengxin.foundation.sqlfiles import run_sql
from chengxin.foundation.tables import reference


class Migration(migrations.Migration):
    dependencies = [("offices", "0001_initial")]

    operations = [
        run_sql("offices", "grants"),
        *(
            migrations.RunSQL(reference(f"offices_{model}"), migrations.RunSQL.noop)
            for model in ("organisation", "official", "mandate")
        ),
    ]
