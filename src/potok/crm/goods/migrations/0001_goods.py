"""Products, price lists, rates and lines."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PriceList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.TextField(default='')),
                ('sort_key', models.TextField(db_collation='C', default='')),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(null=True)),
                ('revision', models.IntegerField(default=1)),
                ('props', models.JSONField(default=dict)),
                ('currency', models.TextField(default='RUB')),
                ('active', models.BooleanField(default=True, null=True)),
                ('comment', models.TextField(default='')),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('responsible', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Product',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.TextField(default='')),
                ('sort_key', models.TextField(db_collation='C', default='')),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(null=True)),
                ('revision', models.IntegerField(default=1)),
                ('props', models.JSONField(default=dict)),
                ('code', models.TextField(default='')),
                ('unit', models.TextField(default='796')),
                ('price', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ('currency', models.TextField(default='RUB')),
                ('tax', models.TextField(default='none')),
                ('tax_included', models.BooleanField(default=True, null=True)),
                ('section', models.TextField(default='')),
                ('active', models.BooleanField(default=True, null=True)),
                ('comment', models.TextField(default='')),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('responsible', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Price',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=18)),
                ('price_list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='prices', to='goods.pricelist')),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='prices', to='goods.product')),
            ],
        ),
        migrations.CreateModel(
            name='Line',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('record_type', models.TextField()),
                ('record_id', models.BigIntegerField()),
                ('place', models.IntegerField()),
                ('title', models.TextField()),
                ('unit', models.TextField(default='796')),
                ('quantity', models.DecimalField(decimal_places=4, default=Decimal('1'), max_digits=18)),
                ('price', models.DecimalField(decimal_places=4, default=Decimal('0'), max_digits=18)),
                ('discount', models.DecimalField(decimal_places=4, default=Decimal('0'), max_digits=18)),
                ('discount_kind', models.TextField(default='percent')),
                ('tax', models.TextField(default='none')),
                ('tax_included', models.BooleanField(default=True)),
                ('product', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='goods.product')),
            ],
            options={
                'ordering': ['place', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Rate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('currency', models.TextField()),
                ('since', models.DateField()),
                ('worth', models.DecimalField(decimal_places=6, max_digits=18)),
            ],
            options={
                'ordering': ['currency', '-since'],
                'constraints': [models.UniqueConstraint(fields=('currency', 'since'), name='goods_rate_once'), models.CheckConstraint(condition=models.Q(('worth__gt', 0)), name='goods_rate_positive')],
            },
        ),
        migrations.AddIndex(
            model_name='pricelist',
            index=models.Index(condition=models.Q(('removed_at', None)), fields=['responsible', '-id'], name='goods_pricelist_responsible'),
        ),
        migrations.AddIndex(
            model_name='pricelist',
            index=models.Index(condition=models.Q(('removed_at', None)), fields=['sort_key'], name='goods_pricelist_sort'),
        ),
        migrations.AddIndex(
            model_name='pricelist',
            index=django.contrib.postgres.indexes.GinIndex(fields=['props'], name='goods_pricelist_props', opclasses=['jsonb_path_ops']),
        ),
        migrations.AddIndex(
            model_name='product',
            index=models.Index(condition=models.Q(('removed_at', None)), fields=['responsible', '-id'], name='goods_product_responsible'),
        ),
        migrations.AddIndex(
            model_name='product',
            index=models.Index(condition=models.Q(('removed_at', None)), fields=['sort_key'], name='goods_product_sort'),
        ),
        migrations.AddIndex(
            model_name='product',
            index=django.contrib.postgres.indexes.GinIndex(fields=['props'], name='goods_product_props', opclasses=['jsonb_path_ops']),
        ),
        migrations.AddIndex(
            model_name='product',
            index=models.Index(condition=models.Q(('code', ''), _negated=True), fields=['code'], name='goods_product_code'),
        ),
        migrations.AddConstraint(
            model_name='price',
            constraint=models.UniqueConstraint(fields=('price_list', 'product'), name='goods_price_once'),
        ),
        migrations.AddIndex(
            model_name='line',
            index=models.Index(fields=['record_type', 'record_id', 'place'], name='goods_line_record'),
        ),
        migrations.AddIndex(
            model_name='line',
            index=models.Index(condition=models.Q(('product__isnull', False)), fields=['product'], name='goods_line_product'),
        ),
    ]
