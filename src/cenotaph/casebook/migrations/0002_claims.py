
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casebook', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Allegation',
            fields=[
                ('row', models.BigIntegerField(primary_key=True, serialize=False)),
                ('entry', models.BigIntegerField()),
                ('salt', models.BinaryField(null=True)),
                ('row_hash', models.BinaryField()),
                ('sealed', models.TextField(null=True)),
                ('id', models.CharField(max_length=64)),
                ('reading', models.CharField(db_index=True, max_length=64)),
                ('document', models.CharField(max_length=64)),
                ('allegation', models.CharField(db_index=True, max_length=64)),
                ('act', models.TextField(null=True)),
                ('modality', models.TextField(null=True)),
                ('needs_review', models.BooleanField(null=True)),
                ('other', models.TextField(null=True)),
            ],
            options={
                'db_table': 'allegation',
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('id',), name='allegation_id_unique')],
            },
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('row', models.BigIntegerField(primary_key=True, serialize=False)),
                ('entry', models.BigIntegerField()),
                ('salt', models.BinaryField(null=True)),
                ('row_hash', models.BinaryField()),
                ('sealed', models.TextField(null=True)),
                ('id', models.CharField(max_length=64)),
                ('reading', models.CharField(db_index=True, max_length=64)),
                ('document', models.CharField(max_length=64)),
                ('claim', models.CharField(db_index=True, max_length=64)),
                ('number_start', models.BigIntegerField(null=True)),
                ('number_end', models.BigIntegerField(null=True)),
                ('outcome', models.TextField(null=True)),
                ('low', models.TextField(null=True)),
                ('high', models.TextField(null=True)),
                ('bound', models.TextField(null=True)),
                ('unit', models.TextField(null=True)),
                ('nationality', models.TextField(null=True)),
                ('modality', models.TextField(null=True)),
                ('needs_review', models.BooleanField(null=True)),
                ('other', models.TextField(null=True)),
            ],
            options={
                'db_table': 'claim',
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('id',), name='claim_id_unique')],
            },
        ),
        migrations.CreateModel(
            name='ClaimReading',
            fields=[
                ('row', models.BigIntegerField(primary_key=True, serialize=False)),
                ('entry', models.BigIntegerField()),
                ('salt', models.BinaryField(null=True)),
                ('row_hash', models.BinaryField()),
                ('sealed', models.TextField(null=True)),
                ('id', models.CharField(max_length=64)),
                ('document', models.CharField(db_index=True, max_length=64)),
                ('reader_version', models.CharField(max_length=40)),
                ('run', models.CharField(max_length=64)),
                ('language', models.CharField(max_length=40)),
                ('claims', models.IntegerField()),
                ('allegations', models.IntegerField()),
                ('doubtful', models.IntegerField()),
                ('notices', models.TextField(null=True)),
            ],
            options={
                'db_table': 'claim_reading',
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('id',), name='claimreading_id_unique')],
            },
        ),
    ]
