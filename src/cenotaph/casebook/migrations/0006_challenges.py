from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casebook', '0005_releases'),
    ]

    operations = [
        migrations.CreateModel(
            name='Challenge',
            fields=[
                ('row', models.BigIntegerField(primary_key=True, serialize=False)),
                ('entry', models.BigIntegerField()),
                ('salt', models.BinaryField(null=True)),
                ('row_hash', models.BinaryField()),
                ('sealed', models.TextField(null=True)),
                ('id', models.CharField(max_length=64)),
                ('received_on', models.CharField(max_length=10)),
                ('challenger', models.CharField(max_length=40)),
                ('about', models.CharField(max_length=20)),
                ('target', models.CharField(max_length=64)),
                ('deadline', models.CharField(max_length=10)),
                ('public', models.BooleanField()),
                ('document', models.CharField(max_length=64, null=True)),
                ('words', models.TextField(null=True)),
            ],
            options={
                'db_table': 'challenge',
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('id',), name='challenge_id_unique')],
            },
        ),
        migrations.CreateModel(
            name='ChallengeAnswer',
            fields=[
                ('row', models.BigIntegerField(primary_key=True, serialize=False)),
                ('entry', models.BigIntegerField()),
                ('salt', models.BinaryField(null=True)),
                ('row_hash', models.BinaryField()),
                ('sealed', models.TextField(null=True)),
                ('id', models.CharField(max_length=64)),
                ('challenge', models.CharField(db_index=True, max_length=64)),
                ('answered_on', models.CharField(max_length=10)),
                ('outcome', models.CharField(max_length=20)),
                ('words', models.TextField(null=True)),
            ],
            options={
                'db_table': 'challenge_answer',
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('id',), name='challengeanswer_id_unique')],
            },
        ),
    ]
