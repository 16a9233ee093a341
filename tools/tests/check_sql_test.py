import unittest

from planted import PlantedTest

SCHEMA = 'modules/materials/sql/0002_more.sql'
QUERIES = 'modules/materials/sql/queries.sql'
POSTER = '''-- distributed by authority_id
create table materials_poster (
    authority_id bigint not null,
    id bigint not null,
    design_id bigint,
    name text not null,
%s
    constraint materials_poster_pkey primary key (authority_id, id)
);
'''
KIND = '''-- reference
create table materials_kind (
    id bigint not null,
    constraint materials_kind_pkey primary key (id)
);
'''


class SqlTest(PlantedTest):
    check = 'check_sql'

    def setUp(self):
        super().setUp()
        self.plant('modules/materials/queries.cpp', '#include "queries.h"\nauto used = "materials.it";\n')

    def schema(self, line='', rest=''):
        self.plant(SCHEMA, POSTER % line + rest)

    def query(self, sql, mark=''):
        self.plant(SCHEMA, POSTER % '' + KIND)
        self.plant(QUERIES, '-- name: it\n%s%s;\n' % (mark, sql))

    def refused(self, rule, line=None, path=SCHEMA):
        """Exactly one finding, of that rule, in that file (and on that line)."""
        findings = self.findings()
        self.assertEqual([(found[0], found[2].split(':')[0]) for found in findings], [(path, rule)], findings)
        if line is not None:
            self.assertEqual(findings[0][1], line, findings)


class Good(SqlTest):
    def test_a_tree_in_order(self):
        self.assert_clean()

    def test_a_schema_in_order(self):
        self.schema('''    kind_id bigint,
    amount integer not null default 0, -- a "check" in a comment, and a ';'
    constraint materials_poster_design_fkey foreign key (authority_id, design_id)
        references materials_design (authority_id, id) on delete cascade,
    constraint materials_poster_kind_fkey foreign key (kind_id) references materials_kind (id),
    constraint materials_poster_name_key unique (authority_id, name),
    constraint materials_poster_amount_check check (amount >= 0 and name <> 'primary key unique'),''',
                    KIND + 'create index materials_poster_name on materials_poster (name);\n'
                    'create unique index materials_poster_low on materials_poster (authority_id, lower(name)) where amount > 0;\n'
                    'create view materials_named as select p.id, p.name from materials_poster p;\n'
                    'alter table materials_poster add column more text;\n'
                    'alter table materials_poster add constraint materials_poster_more_check check (more <> \'\');\n'
                    'insert into materials_kind (id) values (1);\n')
        self.plant('modules/materials/sql/public.sql', 'create view materials_public_poster as\n'
                   'select p.authority_id, p.id from materials_poster p;\n')
        self.assert_clean()

    def test_statements_in_order(self):
        for sql in (
                'select p.* from materials_poster p where p.authority_id = $1 and p.id = $2',
                'select id from materials_poster where authority_id = $1',
                'select p.id from materials_poster p join materials_kind k on k.id = p.id where $1 = p.authority_id',
                'select p.id, (select count(*) from materials_design d where d.authority_id = $1 and d.id = p.id) as n\n'
                'from materials_poster as p left join materials_design d on d.authority_id = $1 and d.id = p.design_id\n'
                'where p.authority_id = $1 and (p.name = $2 or p.id in (1, 2))',
                'with recursive up(id) as (\n  select p.id from materials_poster p where p.authority_id = $1\n  union\n'
                '  select p.id from up u join materials_poster p on p.authority_id = $1 and p.id = u.id)\nselect u.id from up u',
                'insert into materials_poster (id, authority_id, name) values ($1, $2, $3) on conflict do nothing',
                'insert into materials_poster (authority_id, id, name)\n'
                'select $1, d.id, \'now() :: for update\' from materials_design d where d.authority_id = $1',
                'update materials_poster set name = $3 where authority_id = $1 and id = $2 returning id',
                'update materials_poster set name = d.id from materials_design d\n'
                'where materials_poster.authority_id = $1 and d.authority_id = $1 and d.id = materials_poster.id',
                'delete from materials_poster where authority_id = $1 and id = $2',
                'select p.id, extract_time(p.name) as date, p.name is distinct from $2 as other\n'
                'from materials_poster p where p.authority_id = $1'):
            with self.subTest(sql=sql):
                self.query(sql)
                self.assert_clean()

    def test_a_list_in_order(self):
        self.schema()
        self.plant(QUERIES, '-- list: it\nselect p.id from materials_poster p where p.authority_id = $1\n'
                   '-- filter: designed\nand exists (select 1 from materials_design d where d.authority_id = $1 and d.id = $value)\n'
                   '-- order: newest\norder by p.id\n')
        self.assert_clean()

    def test_each_engine_its_text_where_it_must_be(self):
        for engine in ('sqlite', 'postgres'):
            self.plant('kernel/search/sql/queries.%s.sql' % engine, '-- name: it\nselect group_concat(1), 1::text, a @@ b;\n')
        self.plant('kernel/search/find.cpp', 'auto used = "search.it";\n')
        self.assert_clean()


class Schema(SqlTest):
    def test_s1_no_placement(self):
        for above in ('', '-- distributed\n', '-- local\n\n', '-- reference\n-- of kinds\n'):
            self.plant(SCHEMA, above + KIND.partition('\n')[2])
            self.refused('S1')

    def test_s2_a_key_without_the_column_in_front(self):
        self.schema('    constraint materials_poster_name_key unique (name, authority_id),')
        self.refused('S2', 7)
        self.schema(rest='create unique index materials_poster_low on materials_poster (lower(name));\n')
        self.refused('S2', 10)
        self.schema(rest='alter table materials_poster add constraint materials_poster_key unique (name);\n')
        self.refused('S2', 10)
        self.plant(SCHEMA, '-- distributed by bucket\ncreate table materials_try (\n bucket bigint not null,\n id bigint not null,\n'
                   ' constraint materials_try_pkey primary key (id)\n);\n')
        self.refused('S2', 5)

    def test_s3_no_primary_key(self):
        self.plant(SCHEMA, '-- local\ncreate table materials_kind (\n    id bigint not null\n);\n')
        self.refused('S3', 2)

    def test_s4_the_distribution_column(self):
        for column in ('authority_id bigint', 'authority_id text not null', 'authority_id integer not null'):
            self.plant(SCHEMA, (POSTER % '').replace('authority_id bigint not null', column, 1))
            self.refused('S4', 3)
        self.query('update materials_poster set name = $3, authority_id = $2 where authority_id = $1')
        self.refused('S4', path=QUERIES)

    def test_s5_a_reference_out_of_the_family(self):
        self.schema('    constraint materials_poster_fkey foreign key (design_id) references materials_design (id),')
        self.refused('S5', 7)
        self.schema('    constraint materials_poster_fkey foreign key (design_id, authority_id)\n'
                    '        references materials_design (authority_id, id),')
        self.refused('S5', 7)
        self.schema('    constraint materials_poster_fkey foreign key (design_id) references materials_nothing (id),')
        self.refused('S5', 7)
        self.plant(SCHEMA, KIND.replace('    constraint', '    constraint materials_kind_fkey foreign key (id)\n'
                                        '        references materials_design (id),\n    constraint', 1))
        self.refused('S5', 4)
        self.schema(rest='alter table materials_poster add constraint materials_poster_fkey foreign key (design_id)\n'
                         '    references materials_design (id);\n')
        self.refused('S5', 10)

    def test_s6_keys_that_would_change(self):
        for action in ('on delete set null', 'on delete set default', 'on update cascade'):
            self.schema('    constraint materials_poster_fkey foreign key (authority_id, design_id)\n'
                        '        references materials_design (authority_id, id) %s,' % action)
            self.refused('S6', 8)

    def test_s7_a_trigger(self):
        self.plant(SCHEMA, 'create trigger materials_it after insert on materials_design execute function x();\n')
        self.refused('S7', 1)

    def test_s8_deferrable(self):
        self.schema('    constraint materials_poster_fkey foreign key (authority_id, design_id)\n'
                    '        references materials_design (authority_id, id) deferrable,')
        self.refused('S8', 8)

    def test_s9_constraints_without_a_name(self):
        for line in ('    check (id > 0),', '    unique (authority_id, name),', '    size bigint check (size > 0),',
                     '    size bigint unique,',
                     '    foreign key (authority_id, design_id) references materials_design (authority_id, id),'):
            self.schema(line)
            self.refused('S9', 7)
        for line in ('add check (id > 0)', 'add column size bigint unique',
                     'add constraint a check (id > 0), add constraint b check (id > 1)'):
            self.schema(rest='alter table materials_poster %s;\n' % line)
            self.refused('S9', 10)

    def test_other_types(self):
        for kind in ('varchar(20)', 'timestamp', 'real', 'boolean', 'blob'):
            self.schema('    size %s,' % kind)
            self.refused('type', 7)

    def test_a_view_in_the_way_of_others(self):
        self.plant('modules/plan/sql/0002_more.sql', '-- reference\ncreate table plan_thing (\n id bigint not null,\n'
                   ' constraint plan_thing_pkey primary key (id)\n);\n')
        self.plant(SCHEMA, 'create view materials_planned as select a.id from plan_thing a;\n')
        self.refused('view', 1)

    def test_public_sql_holds_public_views(self):
        public = 'modules/materials/sql/public.sql'
        self.plant(public, 'create view materials_designs as select d.id from materials_design d;\n')
        self.refused('view', 1, public)
        self.plant(public, 'create index materials_design_id on materials_design (id);\n')
        self.refused('view', 1, public)


class Statements(SqlTest):
    def test_q1_a_table_that_is_not_bound(self):
        for sql in ('select p.id from materials_poster p where p.id = $1',
                    'select p.id from materials_poster p where p.authority_id = p.id',
                    'select p.id from materials_poster p where p.authority_id in ($1)',
                    'select p.id from materials_poster p where lower(p.authority_id) = $1',
                    'select p.id from materials_poster p join materials_design d on d.authority_id = p.authority_id\n'
                    'where p.authority_id = $1',
                    'select p.id from materials_poster p, materials_design d where p.authority_id = $1 and d.id = p.id',
                    'select p.id from materials_poster p where p.authority_id = $1\n'
                    'and exists (select 1 from materials_design d where d.authority_id = p.authority_id)',
                    'select p.id, (select count(*) from materials_design d) as n from materials_poster p where p.authority_id = $1',
                    'select p.id from materials_poster p where p.authority_id = $1 union select d.id from materials_design d',
                    'with d as (select x.id from materials_design x) select p.id from materials_poster p, d where p.authority_id = $1',
                    'update materials_poster set name = $2 where id = $1',
                    'delete from materials_poster where id = $1',
                    'insert into materials_poster (id, name) values ($1, $2)',
                    'insert into materials_poster (authority_id, id, name) select $1, d.id, $2 from materials_design d'):
            with self.subTest(sql=sql):
                self.query(sql)
                self.refused('Q1', path=QUERIES)
                self.query(sql, '-- wide\n')
                self.assert_clean()

    def test_q1_a_view_is_as_spread_as_its_table(self):
        self.plant('modules/materials/sql/public.sql', 'create view materials_public_poster as\n'
                   'select p.authority_id, p.id from materials_poster p;\n')
        self.query('select p.id from materials_public_poster p where p.id = $1')
        self.refused('Q1', path=QUERIES)

    def test_q1_another_column(self):
        self.plant('modules/materials/sql/0003_tries.sql', '-- distributed by bucket\ncreate table materials_try (\n'
                   ' bucket bigint not null,\n id bigint not null,\n constraint materials_try_pkey primary key (bucket, id)\n);\n')
        self.query('select t.id from materials_try t where t.bucket = $1')
        self.assert_clean()
        self.query('select t.id from materials_try t where t.authority_id = $1')
        self.refused('Q1', path=QUERIES)

    def test_q1_a_filter_of_a_list(self):
        self.schema()
        self.plant(QUERIES, '-- list: it\nselect p.id from materials_poster p where p.authority_id = $1\n-- filter: designed\n'
                   'and exists (select 1 from materials_design d where d.id = $value)\n-- order: newest\norder by p.id\n')
        self.refused('Q1', 4, QUERIES)

    def test_q3_a_wide_recursion(self):
        self.query('with recursive up(id) as (select p.id from materials_poster p union select u.id from up u)\nselect u.id from up u',
                   '-- wide\n')
        self.refused('Q3', 1, QUERIES)

    def test_q5_a_wide_rollup(self):
        self.query('select p.name, count(*) as n from materials_poster p group by rollup (p.name)', '-- wide\n')
        self.refused('Q5', path=QUERIES)

    def test_q8_a_limit_without_an_order(self):
        self.query('select p.id from materials_poster p where p.authority_id = $1 limit 1')
        self.refused('Q8', path=QUERIES)
        self.query('select p.id from materials_poster p where p.authority_id = $1 order by p.id limit 1')
        self.assertEqual(self.findings(), [])

    def test_words(self):
        for sql in ('select p.id::text from', 'select now() as n from', 'select current_timestamp as n from',
                    'select string_agg(p.name, \',\') as n from', 'select json_extract(p.name, \'$\') as n from',
                    'select gen_random_uuid() as n from', 'select random() as n from', 'select ? as n from',
                    'select p.id /* why */ from', 'select p.name ilike \'a\' as n from'):
            with self.subTest(sql=sql):
                self.query(sql + ' materials_poster p where p.authority_id = $1')
                self.refused('word', 2, QUERIES)
        for end in ('for update', 'for share', 'and p.id in (select unnest($2))', 'and p.id = any($2)'):
            self.query('select p.id from materials_poster p where p.authority_id = $1 ' + end)
            self.refused('word', 2, QUERIES)
        self.schema(rest='alter table materials_poster alter column name set not null;\n')
        self.plant(QUERIES, '')
        self.refused('word', 10)

    def test_names(self):
        self.schema()
        bound = 'select p.id from materials_poster p where p.authority_id = $1;\n'
        for text, line in ((bound, 1), ('-- name: it\n' + bound + '-- name: it\n' + bound, 3), ('-- name: nobody\n' + bound, 1)):
            self.plant(QUERIES, text)
            self.refused('name', line, QUERIES)

    def test_texts_for_one_engine(self):
        self.plant('modules/materials/sql/queries.sqlite.sql', '-- name: it\nselect 1 as n;\n')
        self.refused('engine', 1, 'modules/materials/sql/queries.sqlite.sql')


if __name__ == '__main__':
    unittest.main()
