import unittest

from planted import PlantedTest


class Boundaries(PlantedTest):
    check = 'check_boundaries'

    def test_a_tree_in_order_passes(self):
        self.assert_clean()

    def test_a_kernel_library_sees_none_below_it(self):
        self.plant('kernel/storage/pool.cpp', '\n#include "loa/web/route.h"\n')
        self.assert_found('kernel/storage/pool.cpp', 2, 'which stands below it')

    def test_the_kernel_sees_no_module(self):
        self.plant('kernel/web/link.cpp', '#include "loa/plan/reading.h"\n')
        self.assert_found('kernel/web/link.cpp', 1, 'the kernel knows no module')

    def test_a_module_sees_no_peer(self):
        self.plant('modules/training/module.cpp', '#include "loa/materials/types.h"\n')
        self.assert_found('modules/training/module.cpp', 1, 'only kernel libraries and plan')

    def test_nor_by_a_path_to_it(self):
        for include in ('"modules/materials/types.h"', '"materials/types.h"'):
            self.plant('modules/training/module.cpp', '#include %s\n' % include)
            self.assert_found('modules/training/module.cpp', 1, 'nothing else can be seen')

    def test_nor_by_climbing(self):
        self.plant('modules/training/module.cpp', '#  include "../materials/types.h"\n')
        self.assert_found('modules/training/module.cpp', 1, '".."')

    def test_an_include_in_a_comment_or_string_is_none(self):
        self.plant('modules/training/module.cpp',
                   '// #include "../x.h"\n/*\n#include "loa/materials/types.h"\n*/\nauto s = R"(\n#include <regex>\n)";\n')
        self.assert_clean()

    def test_only_the_spine_shows_headers(self):
        self.plant('modules/materials/include/loa/materials/types.h', '')
        self.assert_found('modules/materials/include', 1, 'only plan has include/')

    def test_public_headers_bring_no_third_party(self):
        for name in ('boost/json.hpp', 'kainjow/mustache.hpp', 'pugixml.hpp', 'zip.h', 'libpq-fe.h', 'sqlite3.h'):
            self.plant('kernel/web/include/loa/web/page.h', '#include <vector>\n#include <%s>\n' % name)
            self.assert_found('kernel/web/include/loa/web/page.h', 2, 'a public header includes <%s>' % name)

    def test_private_ones_may(self):
        self.plant('kernel/web/page.h', '#include <boost/json.hpp>\n')
        self.assert_clean()

    def test_no_regex_anywhere(self):
        self.plant('kernel/web/tests/route_test.cpp', '#include <regex>\n')
        self.assert_found('kernel/web/tests/route_test.cpp', 1, '<regex>')

    def test_coroutines_stay_in_one_file(self):
        self.plant('kernel/web/client.cpp', '// co_await here\nvoid f() {\n    co_return;\n}\n')
        self.assert_found('kernel/web/client.cpp', 3, 'co_return outside')

    def server(self, statement):
        self.plant('kernel/web/server.cpp', 'awaitable<void> f() {\n    if (a) { g(); }\n%s\n}\n' % statement)

    def test_no_lambda_beside_co_await(self):
        self.server('    auto r = co_await g(1,\n        [&](int x) { return x; });')
        self.assert_found('kernel/web/server.cpp', 3, 'a lambda')

    def test_no_brace_or_designated_initialiser_beside_co_await(self):
        for statement in ('h(co_await g(), Pair{1, 2});', 'co_await g({1, 2});', 'auto r = Pair{co_await g(), 1};',
                          'co_await g({.limit = 1});', 'return co_await g(Token{});', 'int x{co_await g()};'):
            self.server('    ' + statement)
            self.assert_found('kernel/web/server.cpp', 3, 'a brace')

    def test_blocks_and_indexes_around_co_await_are_neither(self):
        self.server('    for (;;) { co_await g(); }\n    if (co_await g(x[1])) { h({1}); }\n    else { co_await g(); }\n'
                    '    [[maybe_unused]] const int n = co_await g(list[0], "{");\n    do { co_await g(); } while (co_await h());\n'
                    '    co_spawn(c, [](int n) -> awaitable<void> { co_await g(n); }, detached);')
        self.assert_clean()


if __name__ == '__main__':
    unittest.main()
