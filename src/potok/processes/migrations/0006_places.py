import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("processes", "0005_cases")]

    operations = [
        migrations.AlterField(model_name="planned", name="due", field=models.DateTimeField(null=True)),
        migrations.AlterField(
            model_name="startline",
            name="list",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="lines",
                to="processes.startlist",
            ),
        ),
        migrations.AddIndex(
            model_name="startline",
            index=models.Index(
                condition=models.Q(("list", None)), fields=["due", "id"], name="processes_startline_place"
            ),
        ),
    ]
