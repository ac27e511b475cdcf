// What a list of records is asked for in the address: a page of what there is, or why not.
#include "base/fuzz_support.h"
#include "server/record_list.h"
#include "server/wire.h"
#include "store/test_catalog.h"

namespace tiebeam::server {
namespace {

const RecordType& thing() { return *store::test::catalog().find("thing"); }

const std::vector<Record>& things() {
  static const std::vector<Record> all = [] {
    std::vector<Record> out;
    for (int i = 0; i < 7; ++i) {
      Record record = blank(thing());
      record.values[kIdField] = fmt::format("thing-{}", i);
      const auto set = [&](std::string_view field, Value value) {
        record.values[thing().index_of(field)] = std::move(value);
      };
      set("words", i % 2 == 0 ? std::string("Half Full") : std::string("empty"));
      set("count", std::int64_t{i % 3});
      if (i % 3 != 0) set("size", 0.5 * i);
      if (i > 2) set("cost", Money(100 * i, {}));
      set("marks", std::vector<std::string>{"a", i % 2 == 0 ? "even" : "odd"});
      set("colour", std::string(i % 2 == 0 ? "red" : "green"));
      out.push_back(std::move(record));
    }
    return out;
  }();
  return all;
}

}  // namespace

FUZZ(input) {
  Request request;
  request.target = "/api/v1/orgs/a/records/thing?" + std::string(input);
  if (!read_target(request)) return;
  const auto wanted = read_list_request(thing(), request);
  if (!wanted) return fuzz::check_error(wanted.error());
  FUZZ_CHECK(wanted->limit >= 1 && wanted->limit <= 500);
  const ListPage page = list_page(thing(), things(), *wanted);
  FUZZ_CHECK(page.total <= things().size() && page.records.size() <= wanted->limit);
  FUZZ_CHECK(page.records.size() ==
             std::min(wanted->limit, page.total - std::min(page.total, wanted->offset)));
  ListRequest all = *wanted;
  all.offset = 0;
  all.limit = 500;
  const ListPage whole = list_page(thing(), things(), all);
  FUZZ_CHECK(whole.records.size() == page.total);
  for (std::size_t i = 0; i < page.records.size(); ++i)
    FUZZ_CHECK(page.records[i] == whole.records[wanted->offset + i]);
}

}  // namespace tiebeam::server
