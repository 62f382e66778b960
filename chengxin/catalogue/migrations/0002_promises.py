"""What the database itself holds of the catalogue: an edition never changes, two people bring it in force."""

from django.db import migrations

from chengxin.foundation.sqlfiles import run_sql
from chengxin.foundation.tables import append_only, reference

APPEND_ONLY = ("edition", "approval", "basis", "confirmation")


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]

    operations = [
        run_sql("catalogue", "grants"),
        run_sql("catalogue", "approval"),
        *(migrations.RunSQL(append_only(f"catalogue_{name}"), migrations.RunSQL.noop) for name in APPEND_ONLY),
        *(
            migrations.RunSQL(reference(f"catalogue_{name}"), migrations.RunSQL.noop)
            for name in (*APPEND_ONLY, "display")
        ),
    ]
