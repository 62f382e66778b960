from django.db import migrations

from chengxin.foundation.sqlfiles import run_sql
from chengxin.foundation.tables import row_security_of_many


class Migration(migrations.Migration):
    dependencies = [("persons", "0004_accounts_unlisted")]

    operations = [
        run_sql("persons", "batch"),
        *(
            migrations.RunSQL(row_security_of_many(table), migrations.RunSQL.noop)
            for table in ("persons_source", "persons_name")
        ),
    ]
