import unittest

from planted import PlantedTest


class Names(PlantedTest):
    check = 'check_names'

    def test_a_tree_in_order_passes(self):
        self.assert_clean()

    def test_every_table_is_a_word_of_the_glossary(self):
        self.plant('modules/materials/sql/0002_site.sql', '-- create table old\n\ncreate table materials_site (id bigint);\n')
        self.assert_found('modules/materials/sql/0002_site.sql', 3, '"site" is not in docs/glossary.md')

    def test_a_table_that_a_later_migration_drops_is_no_word_any_more(self):
        self.plant('modules/materials/sql/0002_site.sql', 'create table materials_site (id bigint);\n')
        self.plant('modules/materials/sql/0003_site.sql', 'drop table materials_site;\n')
        self.assert_clean()

    def test_every_table_bears_its_owner(self):
        self.plant('modules/materials/sql/0002_site.sql', 'create table design (id bigint);\n')
        self.assert_found('modules/materials/sql/0002_site.sql', 1, 'materials_<noun>')

    def test_a_long_word_of_the_glossary_is_written_with_low_lines(self):
        self.plant('docs/glossary.md', '| `Design` | x | y |\n| `ParIndex`, `TrainingClass` | x | `Site` |\n')
        self.plant('modules/materials/sql/0002_x.sql', 'create table materials_training_class (id bigint);\n'
                   'create table materials_site (id bigint);\n')
        self.assert_found('modules/materials/sql/0002_x.sql', 2, '"site"')

    def test_names_that_say_nothing(self):
        for line in ('class DesignManager {};', 'struct DesignInfo;', 'enum class DesignData { A };', 'using Utils = int;'):
            self.plant('kernel/web/design.cpp', '// class XManager\n%s\n' % line)
            self.assert_found('kernel/web/design.cpp', 2, 'says nothing')
        self.plant('kernel/web/design.cpp', 'struct Database {}; struct Informed {}; auto s = "class XManager";\n'
                   'template <class Info> std::string name(const Info& info);\n')
        self.assert_clean()

    def test_files_named_after_nothing(self):
        self.plant('kernel/web/string_utils.h', '')
        self.assert_found('kernel/web/string_utils.h', 1, 'named after nothing')

    def test_no_bool_parameters_in_public_headers(self):
        for declaration in ('void close(int a,\n    bool force);', 'void close(\n    bool);', 'int n(\n   const bool b = true);'):
            self.plant('kernel/web/include/loa/web/x.h', declaration + '\n')
            self.assert_found('kernel/web/include/loa/web/x.h', 1, 'takes a bool')

    def test_bools_that_are_not_parameters_pass(self):
        self.plant('kernel/web/include/loa/web/x.h',
                   'struct Value { Value(bool) = delete; bool late() const; bool late_ = (true, false); };\n'
                   'void set_late(bool late); View& flag(std::string_view name, bool on = true);\n'
                   'using Test = std::function<bool(int)>; template <class T, bool B> void f();\n')
        self.plant('kernel/web/own.h', 'void close(bool force);\n')
        self.assert_clean()

    def test_a_module_has_the_fixed_files(self):
        (self.root / 'modules/materials/queries.h').unlink()
        self.assert_found('modules/materials', 1, 'a module has queries.h')

    def test_and_no_others_but_pairs(self):
        self.plant('modules/materials/site.cpp', '')
        self.assert_found('modules/materials/site.cpp', 1, 'neither one of the fixed files')
        self.plant('modules/materials/site.h', '')
        self.assert_clean()
        self.plant('modules/materials/views/site.html', '')
        self.assert_found('modules/materials/views/site.html', 1, 'not a file that modules have')

    def test_big_modules_split_by_noun(self):
        for name in ('actions_round.cpp', 'queries_round.cpp', 'pages_round.cpp', 'kinds/poster.cpp', 'demo_round.cpp',
                     'sql/queries_round.sql', 'sql/0012_rounds.sql', 'pages/_part.html', 'data/words.txt',
                     'tests/support/town.h', 'tests/golden/a.json'):
            self.plant('modules/materials/' + name, '')
        self.assert_clean()

    def test_the_spine_stays_thin(self):
        for number in range(5):
            self.plant('modules/plan/include/loa/plan/x%d.h' % number, '')
        self.assert_found('modules/plan/include', 1, 'shows 6 headers')

    def test_long_files(self):
        self.plant('kernel/web/long.cpp', '\n' * 450)
        self.assert_clean()
        self.plant('kernel/web/long.cpp', '\n' * 451)
        self.assert_found('kernel/web/long.cpp', 450, '451 lines')


if __name__ == '__main__':
    unittest.main()
