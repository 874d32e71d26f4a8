from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casebook', '0006_challenges'),
    ]

    operations = [
        migrations.CreateModel(
            name='Incident',
            fields=[
                ('row', models.BigIntegerField(primary_key=True, serialize=False)),
                ('entry', models.BigIntegerField()),
                ('salt', models.BinaryField(null=True)),
                ('row_hash', models.BinaryField()),
                ('sealed', models.TextField(null=True)),
                ('id', models.CharField(max_length=64)),
                ('happened', models.TextField(null=True)),
                ('keys', models.TextField(null=True)),
                ('title', models.TextField(null=True)),
                ('place', models.TextField(null=True)),
            ],
            options={
                'db_table': 'incident',
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('id',), name='incident_id_unique')],
            },
        ),
        migrations.CreateModel(
            name='IncidentStatement',
            fields=[
                ('row', models.BigIntegerField(primary_key=True, serialize=False)),
                ('entry', models.BigIntegerField()),
                ('salt', models.BinaryField(null=True)),
                ('row_hash', models.BinaryField()),
                ('sealed', models.TextField(null=True)),
                ('id', models.CharField(max_length=64)),
                ('incident', models.CharField(db_index=True, max_length=64)),
                ('document', models.CharField(max_length=64, null=True)),
                ('replaces', models.CharField(max_length=64, null=True)),
                ('stated_on', models.CharField(max_length=10, null=True)),
                ('keys', models.TextField(null=True)),
                ('low', models.IntegerField(null=True)),
                ('high', models.IntegerField(null=True)),
                ('words', models.TextField(null=True)),
            ],
            options={
                'db_table': 'incident_statement',
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('id',), name='incidentstatement_id_unique')],
            },
        ),
        migrations.CreateModel(
            name='IncidentVictim',
            fields=[
                ('row', models.BigIntegerField(primary_key=True, serialize=False)),
                ('entry', models.BigIntegerField()),
                ('salt', models.BinaryField(null=True)),
                ('row_hash', models.BinaryField()),
                ('sealed', models.TextField(null=True)),
                ('id', models.CharField(max_length=64)),
                ('incident', models.CharField(db_index=True, max_length=64)),
                ('person', models.CharField(db_index=True, max_length=64)),
                ('within', models.BooleanField()),
                ('reason', models.TextField(null=True)),
            ],
            options={
                'db_table': 'incident_victim',
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('id',), name='incidentvictim_id_unique')],
            },
        ),
        migrations.CreateModel(
            name='Remains',
            fields=[
                ('row', models.BigIntegerField(primary_key=True, serialize=False)),
                ('entry', models.BigIntegerField()),
                ('salt', models.BinaryField(null=True)),
                ('row_hash', models.BinaryField()),
                ('sealed', models.TextField(null=True)),
                ('id', models.CharField(max_length=64)),
                ('label', models.TextField(null=True)),
                ('words', models.TextField(null=True)),
            ],
            options={
                'db_table': 'remains',
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('id',), name='remains_id_unique')],
            },
        ),
        migrations.CreateModel(
            name='RemainsEvent',
            fields=[
                ('row', models.BigIntegerField(primary_key=True, serialize=False)),
                ('entry', models.BigIntegerField()),
                ('salt', models.BinaryField(null=True)),
                ('row_hash', models.BinaryField()),
                ('sealed', models.TextField(null=True)),
                ('id', models.CharField(max_length=64)),
                ('remains', models.CharField(db_index=True, max_length=64)),
                ('kind', models.CharField(max_length=20)),
                ('person', models.CharField(db_index=True, max_length=64, null=True)),
                ('document', models.CharField(max_length=64, null=True)),
                ('replaces', models.CharField(max_length=64, null=True)),
                ('happened', models.TextField(null=True)),
                ('words', models.TextField(null=True)),
            ],
            options={
                'db_table': 'remains_event',
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('id',), name='remainsevent_id_unique')],
            },
        ),
    ]
