from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casebook', '0004_people'),
    ]

    operations = [
        migrations.CreateModel(
            name='Release',
            fields=[
                ('row', models.BigIntegerField(primary_key=True, serialize=False)),
                ('entry', models.BigIntegerField()),
                ('salt', models.BinaryField(null=True)),
                ('row_hash', models.BinaryField()),
                ('sealed', models.TextField(null=True)),
                ('id', models.CharField(max_length=64)),
                ('label', models.CharField(max_length=64)),
                ('dated', models.CharField(max_length=10)),
                ('previous', models.CharField(max_length=64, null=True)),
                ('based_on', models.CharField(max_length=64)),
                ('sums', models.CharField(max_length=64)),
                ('summary', models.TextField()),
            ],
            options={
                'db_table': 'release',
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('id',), name='release_id_unique')],
            },
        ),
        migrations.CreateModel(
            name='ReleasePerson',
            fields=[
                ('row', models.BigIntegerField(primary_key=True, serialize=False)),
                ('entry', models.BigIntegerField()),
                ('salt', models.BinaryField(null=True)),
                ('row_hash', models.BinaryField()),
                ('sealed', models.TextField(null=True)),
                ('id', models.CharField(max_length=64)),
                ('release', models.CharField(db_index=True, max_length=64)),
                ('person', models.CharField(db_index=True, max_length=64)),
                ('shown', models.BooleanField()),
            ],
            options={
                'db_table': 'release_person',
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('id',), name='releaseperson_id_unique')],
            },
        ),
    ]
