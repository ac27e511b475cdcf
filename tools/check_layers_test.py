#!/usr/bin/env python3
"""Each refusal of check_layers.py on a fixture of a few lines, and what it must let pass."""
import unittest

from check_layers import check, is_test, place


def refused(path, *lines):
    return check(path, "\n".join(lines) + "\n")


class Includes(unittest.TestCase):
    def assert_refused(self, path, include, *words):
        faults = refused(path, "#pragma once", f"#include {include}")
        self.assertEqual(len(faults), 1, f"{path} {include}: {faults}")
        self.assertTrue(faults[0].startswith(f"{path}:2: "), faults[0])
        for word in words:
            self.assertIn(word, faults[0])

    def assert_passes(self, path, include):
        self.assertEqual(refused(path, f"#include {include}"), [])

    def test_a_room_never_includes_another_room(self):
        self.assertEqual(refused("rooms/risk/engine/exposure.cc", '#include "rooms/services/services.h"'),
                         ["rooms/risk/engine/exposure.cc:1: room 'risk' includes room 'services'; "
                          "pass an id, a link or a Figure instead"])
        self.assert_refused("rooms/risk/mount.cc", '"rooms/services/mount.h"', "room 'services'")
        self.assert_refused("rooms/risk/risk_test.cc", '"rooms/services/engine/x.h"', "room 'services'")
        self.assert_passes("rooms/risk/engine/exposure.cc", '"rooms/services/records.h"')

    def test_layers_point_down(self):
        for path, include in [("base/money.h", '"model/figures.h"'), ("model/json.cc", '"store/store.h"'),
                              ("store/store.cc", '"ingest/import.h"'), ("quant/km.cc", '"model/snapshot.h"'),
                              ("ingest/csv.cc", '"application/workspace.h"'),
                              ("application/jobs.cc", '"cli/command.h"'), ("cli/command.cc", '"server/http.h"'),
                              ("server/http.cc", '"ingest/import.h"'), ("cli/command.cc", '"apps/tiebeam/rooms.h"')]:
            layer, other = path.split("/")[0], include[1:].split("/")[0]
            self.assert_refused(path, include, f"'{layer}' may not include '{other}'")
        for path, include in [("model/json.cc", '"base/money.h"'), ("store/store.cc", '"model/snapshot.h"'),
                              ("ingest/csv.cc", '"store/store.h"'), ("application/jobs.cc", '"ingest/import.h"'),
                              ("cli/command.cc", '"application/workspace.h"'), ("base/money.cc", '"base/money.h"'),
                              ("ingest/transition.cc", '"rooms/flow/records.h"')]:
            self.assert_passes(path, include)

    def test_the_ladder_inside_a_room(self):
        self.assert_refused("rooms/flow/records.h", '"model/snapshot.h"', "'records' may not include 'model'")
        self.assert_refused("rooms/flow/engine/items.cc", '"rooms/flow/flow.h"', "'engine' may not include 'facade'")
        self.assert_refused("rooms/flow/engine/items.cc", '"store/store.h"', "'store'")
        self.assert_refused("rooms/flow/rules/past.cc", '"rooms/flow/engine/items.h"', "'rules' may not include")
        self.assert_refused("rooms/flow/flow.cc", '"application/jobs.h"', "'facade' may not include")
        self.assert_refused("rooms/flow/flow.cc", '"rooms/flow/mount.h"', "'facade' may not include 'mount'")
        self.assert_refused("rooms/flow/cli/flow_cli.cc", '"rooms/flow/engine/items.h"', "'room cli'")
        self.assert_refused("rooms/flow/api/flow_api.cc", '"store/store.h"', "'room api'")
        for path, include in [("rooms/flow/engine/items.cc", '"quant/km.h"'),
                              ("rooms/flow/rules/past.cc", '"model/rules.h"'),
                              ("rooms/flow/flow.cc", '"rooms/flow/engine/items.h"'),
                              ("rooms/flow/flow.cc", '"rooms/flow/rules/past.h"'),
                              ("rooms/flow/cli/flow_cli.cc", '"rooms/flow/flow.h"'),
                              ("rooms/flow/cli/flow_cli.cc", '"cli/command.h"'),
                              ("rooms/flow/mount.cc", '"rooms/flow/cli/flow_cli.h"'),
                              ("rooms/flow/mount.cc", '"store/store.h"')]:
            self.assert_passes(path, include)

    def test_apps_and_adapters_know_a_room_by_its_mount_only(self):
        self.assert_refused("apps/tiebeam/main.cc", '"rooms/flow/flow.h"', "what its mount registers")
        self.assert_refused("application/jobs.cc", '"rooms/flow/records.h"', "what its mount registers")
        self.assert_refused("cli/command.cc", '"rooms/flow/mount.h"', "what its mount registers")
        self.assert_passes("apps/tiebeam/rooms.cc", '"rooms/flow/mount.h"')

    def test_tests_may_reach_up_to_the_application_and_no_further(self):
        self.assert_passes("store/store_test.cc", '"application/workspace.h"')
        self.assert_passes("rooms/flow/engine/items_test.cc", '"ingest/import.h"')
        self.assert_passes("tests/store/crash_test.cc", '"store/store.h"')
        self.assert_refused("base/money_test.cc", '"cli/command.h"', "'base' may not include 'cli'")
        self.assert_refused("store/store_test.cc", '"rooms/flow/flow.h"', "'store' may not include 'facade'")

    def test_paths_start_at_the_root(self):
        self.assert_refused("base/money.cc", '"money.h"', "in no layer")
        self.assert_refused("base/money.cc", '"../model/figures.h"', "in no layer")

    def test_commented_includes_do_not_count(self):
        self.assertEqual(refused("base/money.h", '// #include "model/figures.h"'), [])

    def test_libraries_stay_in_their_wrapper(self):
        for header, owner in [("sqlite3.h", "store"), ("libpq-fe.h", "store"), ("zstd.h", "store"),
                              ("sodium.h", "store"), ("simdjson.h", "model"), ("simdjson.h", "ingest"),
                              ("toml++/toml.h", "ingest"), ("zlib.h", "ingest"), ("pugixml.hpp", "ingest"),
                              ("openssl/evp.h", "base"), ("xxhash.h", "base"), ("date/tz.h", "application"),
                              ("CLI/CLI.hpp", "cli"), ("CLI/CLI.hpp", "apps")]:
            self.assert_passes(f"{owner}/wrapper.cc", f"<{header}>")
            self.assert_refused(f"{owner}/wrapper.h", f"<{header}>", "in a header")
            self.assert_refused("quant/km.cc", f"<{header}>", "belongs in", owner)
            self.assert_refused("rooms/flow/cli/flow_cli.cc", f"<{header}>", "belongs in")
        self.assert_passes("quant/marginal.cc", "<boost/math/special_functions/beta.hpp>")
        self.assert_refused("quant/marginal.h", "<boost/math/special_functions/beta.hpp>", "in a header")
        self.assert_refused("server/site.cc", "<boost/math/special_functions/beta.hpp>", "belongs in quant")
        self.assert_refused("quant/marginal.cc", "<boost/asio.hpp>", "belongs in server")
        self.assert_refused("base/money.cc", "<gtest/gtest.h>", "belongs in tests")
        self.assert_passes("base/money_test.cc", "<gtest/gtest.h>")
        self.assert_passes("store/test_support.h", "<gtest/gtest.h>")
        self.assert_passes("tests/store/crash_test.cc", "<sqlite3.h>")
        self.assert_refused("tests/example_test.cc", "<sqlite3.h>", "belongs in store")
        self.assert_passes("base/money.h", "<string>")
        self.assert_passes("base/money.cc", "<fmt/format.h>")


class Purity(unittest.TestCase):
    REFUSED = ["auto t = std::chrono::system_clock::now();", "auto t = steady_clock::now();",
               "auto t = std::time(nullptr);", "auto t = time(0);", "time(&stamp);", "gettimeofday(&tv, nullptr);",
               "clock_gettime(CLOCK_REALTIME, &ts);", "std::random_device seed;", 'auto h = std::getenv("HOME");']

    def test_clocks_chance_and_environment_are_refused_outside_apps(self):
        for line in self.REFUSED:
            faults = refused("rooms/flow/engine/items.cc", "int x = 0;", line)
            self.assertEqual(len(faults), 1, line)
            self.assertTrue(faults[0].startswith("rooms/flow/engine/items.cc:2: '"), faults[0])
            self.assertIn("as an argument", faults[0])

    def test_apps_and_tests_may(self):
        for line in self.REFUSED:
            for path in ["apps/tiebeam/main.cc", "store/store_test.cc", "tests/store/crash_test.cc", "bench/flow.cc"]:
                self.assertEqual(refused(path, line), [], f"{path}: {line}")

    def test_words_in_comments_strings_and_names_do_not_count(self):
        for line in ["// never system_clock::now()", '/* getenv("X") */', 'say("no std::random_device here");',
                     "Micros time(Instant from);", "item.time(0);", "work_time(0);", "constexpr int k = 1'000;"]:
            self.assertEqual(refused("base/x.cc", line), [], line)


class SharedFolders(unittest.TestCase):
    def test_a_test_takes_a_folder_of_its_own(self):
        for line in ['folder_ = testing::TempDir() + "replies";', "fs::temp_directory_path()", "::mkdtemp(name.data());"]:
            faults = refused("server/replies_test.cc", line)
            self.assertEqual(len(faults), 1, line)
            self.assertIn("take a TestFolder", faults[0])
            self.assertEqual(refused("base/test_support.h", line), [], line)
            self.assertEqual(refused("apps/tiebeam/sample.cc", line), [], line)


class Sql(unittest.TestCase):
    def test_sql_outside_store_is_refused(self):
        for literal in ['"SELECT id FROM record"', '"INSERT INTO x VALUES (1)"', '"UPDATE x SET a = 1"',
                        '"DELETE FROM x"', '"CREATE TABLE x(a)"', '"select a from b where c"', '"  insert into x "',
                        'R"(\n  SELECT 1)"', 'R"sql(DELETE FROM x)sql"', "f(86'400, \"SELECT 'a'\")"]:
            faults = refused("application/jobs.cc", f"run({literal});")
            self.assertEqual(len(faults), 1, literal)
            self.assertIn("SQL outside store", faults[0])
            self.assertEqual(refused("store/tables.cc", f"run({literal});"), [])
            self.assertEqual(refused("tests/store/crash_test.cc", f"run({literal});"), [])

    def test_prose_passes(self):
        for literal in ['"Delete the row, or import with --skip-bad"', '"select a format"', '"updated_at"',
                        '"UPDATED"', '"Insert it"']:
            self.assertEqual(refused("cli/command.cc", f"say({literal});"), [], literal)


class Places(unittest.TestCase):
    def test_files_have_a_layer(self):
        self.assertEqual(place("rooms/flow/flow.cc"), ("facade", "flow"))
        self.assertEqual(place("rooms/flow/mount.cc"), ("mount", "flow"))
        self.assertEqual(place("rooms/flow/cli/flow_cli.cc"), ("room cli", "flow"))
        self.assertEqual(place("apps/tiebeam/main.cc"), ("apps", None))

    def test_a_file_in_no_layer_is_refused(self):
        self.assertIn("is in no layer", refused("rooms/flow/helpers/x.cc", "int x;")[0])

    def test_test_files_are_known_by_name(self):
        self.assertTrue(is_test("base/money_test.cc") and is_test("tests/compile_fail/case.cc"))
        self.assertFalse(is_test("base/money.cc"))


if __name__ == "__main__":
    unittest.main()
