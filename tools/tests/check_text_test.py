import unittest

from planted import PlantedTest


class Code(PlantedTest):
    check = 'check_text'

    def test_a_tree_in_order_passes(self):
        self.assert_clean()

    def test_sql_belongs_in_sql(self):
        for sql in ('select id, name from plan_plan', 'INSERT INTO plan_plan values (1)', 'delete from plan_plan',
                    'update plan_plan set state = 1', 'create table plan_x (id bigint)', 'alter table plan_x add y'):
            self.plant('modules/materials/queries.cpp', '\nauto sql = "%s";\n' % sql)
            self.assert_found('modules/materials/queries.cpp', 2, 'SQL in C++')

    def test_sql_in_pieces_or_raw_is_still_sql(self):
        self.plant('modules/materials/queries.cpp', 'auto sql = "select id "  // all\n    "from plan_plan";\n')
        self.assert_found('modules/materials/queries.cpp', 1, 'SQL in C++')
        self.plant('modules/materials/queries.cpp', 'auto sql = R"sql(\nselect id\nfrom plan_plan)sql";\n')
        self.assert_found('modules/materials/queries.cpp', 1, 'SQL in C++')

    def test_english_and_comments_are_not_sql(self):
        self.plant('modules/materials/queries.cpp',
                   '// select id from plan_plan\nauto a = "select a unit", b = "from the list", c = "update of the set";\n')
        self.assert_clean()

    def test_storage_says_why(self):
        self.plant('kernel/storage/migrator.cpp', 'auto sql = "delete from x";\n')
        self.assert_found('kernel/storage/migrator.cpp', 1, 'no comment "// sql: …"')
        self.plant('kernel/storage/migrator.cpp', '// sql: the name of the table is not known here\n\nauto sql = "delete from x";\n')
        self.assert_clean()

    def test_nobody_else_may_say_why(self):
        self.plant('kernel/web/cache.cpp', 'auto sql = "delete from x";  // sql: faster\n')
        self.assert_found('kernel/web/cache.cpp', 1, 'SQL in C++')

    def test_markup_belongs_in_pages(self):
        for markup in ('<div class=\\"x\\">', '</td>', '<br/>', '<p', '<!DOCTYPE html>'):
            self.plant('modules/materials/pages.cpp', 'auto html = "%s";\n' % markup)
            self.assert_found('modules/materials/pages.cpp', 1, 'markup in C++')

    def test_arrows_and_word_files_are_not_markup(self):
        self.plant('modules/materials/pages.cpp', 'auto a = "<unknown>", b = "a < b", c = "->";\n')
        self.plant('kernel/formats/html.cpp', 'auto a = "<table";\n')
        self.assert_clean()

    def test_vietnamese_belongs_in_i18n(self):
        self.plant('modules/materials/pages.cpp', '// Mẫu thiết kế\nauto text = u8"Mẫu thiết kế";\n')
        self.assert_found('modules/materials/pages.cpp', 2, 'Vietnamese text in C++')

    def test_code_about_the_language_may_write_it(self):
        for path in ('kernel/base/text.cpp', 'kernel/formats/marker.cpp', 'modules/plan/reading/dates.cpp',
                     'modules/materials/tests/pages_test.cpp', 'kernel/web/testing.cpp'):
            self.plant(path, 'auto text = "ngày";\n')
        self.assert_clean()


class Templates(PlantedTest):
    check = 'check_text'
    page = 'modules/materials/pages/design.html'

    def test_text_belongs_in_i18n(self):
        for text in ('<p>Thiết kế</p>', '<p>{{name}} designs</p>', '<b>\n</b>x'):
            self.plant(self.page, text.replace('<b>\n</b>', '<b></b>') + '\n')
            self.assert_found(self.page, 1, 'text in a template')

    def test_attributes_speak_too(self):
        for attribute in ('placeholder="Số"', 'aria-label="close"', 'title="{{name}} x"'.replace('{{name}} ', '')):
            self.plant(self.page, '<i></i>\n<input name="number" %s>\n' % attribute)
            self.assert_found(self.page, 2, 'text in an attribute')

    def test_only_layouts_have_unescaped_output(self):
        for raw in ('{{{body}}}', '{{& body }}'):
            self.plant(self.page, '<p>\n%s</p>\n' % raw)
            self.assert_found(self.page, 2, 'unescaped output')

    def test_nothing_inline(self):
        for inline in ('<p style="color: red"></p>', '<p onclick="f()"></p>', '<script>f()</script>', '<style>p {}</style>'):
            self.plant(self.page, inline + '\n')
            self.assert_found(self.page, 1, 'content security policy')

    def test_what_says_nothing_passes(self):
        self.plant(self.page, '{{! shell: officer }}\n<!-- nothing here -->\n<script src="{{@@asset:a.js}}"></script>\n'
                   '<p class="note" data-kind="a">{{@materials.designs}} · {{#on}}–{{/on}} &middot; 1</p>\n'
                   '<input placeholder="{{@materials.designs}}" value="a > b"><p>Loa</p><button>Tiếng Việt</button>\n'
                   '<kbd>Ctrl</kbd> + <kbd class="key">K</kbd>\n')
        self.assert_clean()


if __name__ == '__main__':
    unittest.main()
