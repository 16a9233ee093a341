"""tools/check as people run it: passes on a tree in order, and fails with the place for each guard of the rules."""
import subprocess
import unittest

from planted import TOOLS, PlantedTest


class Guards(PlantedTest):
    def check_tree(self):
        done = subprocess.run([TOOLS / 'check', self.root], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.stderr, '')
        return done.returncode, done.stdout

    def assert_refused(self, place, part):
        status, output = self.check_tree()
        self.assertEqual(status, 1, output)
        self.assertTrue(any(line.startswith(place + ':') and part in line for line in output.splitlines()), output)

    def test_a_tree_in_order_passes(self):
        self.assertEqual(self.check_tree(), (0, ''))

    def test_an_include_the_wrong_way(self):
        self.plant('kernel/base/id.cpp', '#include "loa/web/route.h"\n')
        self.assert_refused('kernel/base/id.cpp:1', 'stands below it')

    def test_a_table_of_a_peer(self):
        self.plant('modules/training/sql/queries.sql', '-- name: design_names\nselect d.id from materials_design d\n'
                   'where d.authority_id = $1;\n')
        self.assert_refused('modules/training/sql/queries.sql', 'materials_design')

    def test_a_missing_translation(self):
        self.plant('modules/materials/i18n/en.json', '{}\n')
        self.assert_refused('modules/materials/i18n/vi.json:2', 'not in English')

    def test_sql_outside_sql(self):
        self.plant('modules/materials/queries.cpp', '#include "queries.h"\nauto text = "select id from materials_design";\n')
        self.assert_refused('modules/materials/queries.cpp:2', 'SQL in C++')


if __name__ == '__main__':
    unittest.main()
