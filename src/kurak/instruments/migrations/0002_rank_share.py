from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('instruments', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='score',
            name='rank_share',
            field=models.FloatField(blank=True, null=True),
        ),
    ]
