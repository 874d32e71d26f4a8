from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casebook', '0003_captures'),
    ]

    operations = [
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('row', models.BigIntegerField(primary_key=True, serialize=False)),
                ('entry', models.BigIntegerField()),
                ('salt', models.BinaryField(null=True)),
                ('row_hash', models.BinaryField()),
                ('sealed', models.TextField(null=True)),
                ('id', models.CharField(max_length=64)),
                ('run', models.CharField(db_index=True, max_length=64)),
                ('unit', models.CharField(db_index=True, max_length=64)),
                ('report', models.CharField(max_length=64)),
                ('person', models.CharField(db_index=True, max_length=64, null=True)),
                ('certainty', models.IntegerField(null=True)),
                ('resolution', models.CharField(max_length=20, null=True)),
            ],
            options={
                'db_table': 'assignment',
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('id',), name='assignment_id_unique')],
            },
        ),
        migrations.CreateModel(
            name='LinkRun',
            fields=[
                ('row', models.BigIntegerField(primary_key=True, serialize=False)),
                ('entry', models.BigIntegerField()),
                ('salt', models.BinaryField(null=True)),
                ('row_hash', models.BinaryField()),
                ('sealed', models.TextField(null=True)),
                ('id', models.CharField(max_length=64)),
                ('previous', models.CharField(max_length=64, null=True)),
                ('kind', models.CharField(max_length=20)),
                ('model', models.CharField(max_length=64, null=True)),
                ('summary', models.TextField()),
            ],
            options={
                'db_table': 'link_run',
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('id',), name='linkrun_id_unique')],
            },
        ),
        migrations.CreateModel(
            name='PersonChange',
            fields=[
                ('row', models.BigIntegerField(primary_key=True, serialize=False)),
                ('entry', models.BigIntegerField()),
                ('salt', models.BinaryField(null=True)),
                ('row_hash', models.BinaryField()),
                ('sealed', models.TextField(null=True)),
                ('id', models.CharField(max_length=64)),
                ('run', models.CharField(db_index=True, max_length=64)),
                ('kind', models.CharField(max_length=20)),
                ('person', models.CharField(db_index=True, max_length=64)),
                ('to_person', models.CharField(max_length=64, null=True)),
                ('units', models.IntegerField()),
            ],
            options={
                'db_table': 'person_change',
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('id',), name='personchange_id_unique')],
            },
        ),
    ]
