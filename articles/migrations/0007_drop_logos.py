"""Publishers' logos are shown nowhere, and were those of whoever was imported first."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("articles", "0006_newest_visible_pages")]
    operations = [migrations.RemoveField(model_name="provider", name="logo_url")]
