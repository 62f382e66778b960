from django.db import migrations

from chengxin.foundation.tables import row_security_of_many


class Migration(migrations.Migration):
    dependencies = [("records", "0003_intake_reads")]

    operations = [
        migrations.RunSQL(row_security_of_many(table), migrations.RunSQL.noop)
        for table in ("records_entry", "records_content", "records_mark")
    ]
