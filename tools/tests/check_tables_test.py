import unittest

from planted import PlantedTest

TRAINING = 'modules/training/sql/queries.sql'


class Tables(PlantedTest):
    check = 'check_tables'

    def setUp(self):
        super().setUp()
        self.plant('kernel/web/sql/0001_init.sql', 'create table web_secret (id bigint);\n')
        self.plant('kernel/web/sql/public.sql', 'create view web_public_page as select id from web_secret;\n')
        self.plant('modules/plan/sql/0001_init.sql', 'create table plan_activity (id bigint);\n')

    def test_own_tables_the_spine_and_public_views(self):
        self.plant('modules/materials/sql/queries.sql',
                   'select 1 from materials_design d join plan_activity a on true join web_public_page p on true;\n'
                   'update materials_design set id = 1;\ninsert into materials_design (id) select id from plan_activity;\n')
        self.assert_clean()

    def test_a_peer_is_neither_read_nor_written(self):
        for sql in ('select id from materials_design', 'select 1 from plan_activity a\n  left join Materials_Design d on true'):
            self.plant(TRAINING, sql + ';\n')
            self.assert_found(TRAINING, 1 + sql.count('\n'), 'modules/training reads')
        for sql in ('delete from materials_design', 'update materials_design set id = 1', 'insert into materials_design values (1)'):
            self.plant(TRAINING, sql + ';\n')
            self.assert_found(TRAINING, 1, 'modules/training writes materials_design')

    def test_nobody_else_writes_the_spine(self):
        self.plant(TRAINING, 'update plan_activity set id = 1;\n')
        self.assert_found(TRAINING, 1, 'belongs to modules/plan')

    def test_the_kernel_shows_only_views(self):
        self.plant(TRAINING, 'select id from web_secret;\n')
        self.assert_found(TRAINING, 1, 'ask for a view')

    def test_the_kernel_reads_no_module(self):
        self.plant('kernel/web/sql/queries.sql', 'select id from plan_activity;\n')
        self.assert_found('kernel/web/sql/queries.sql', 1, 'kernel/web reads plan_activity')

    def test_comments_literals_and_names_given_here_are_no_tables(self):
        self.plant(TRAINING, "-- from materials_design\nselect 'x from materials_design' from plan_activity;\n"
                   'with recursive materials_design (id) as (select 1) select id from materials_design;\n')
        self.assert_clean()


if __name__ == '__main__':
    unittest.main()
