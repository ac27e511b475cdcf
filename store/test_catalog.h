// A small catalog with every kind of field and one event type, for the store's tests.
#pragma once

#include <fmt/format.h>

#include <string>

#include "base/hash.h"
#include "model/kernel_records.h"
#include "model/record_type.h"
#include "store/store.h"

namespace tiebeam::store::test {

enum class Colour : std::uint8_t { red, green };

struct Thing : RecordBase {
  std::string words;
  std::int64_t count = 0;
  std::optional<double> size;
  std::optional<Fraction> share;
  bool done = false;
  std::optional<Money> cost;
  std::optional<Instant> begun;
  std::optional<Day> due;
  std::optional<Estimate> effort;
  Id<"person"> maker;
  std::vector<Id<"person">> helpers;
  std::vector<std::string> marks;
  Colour colour = Colour::red;
};

struct Visit {
  std::string item;
  Instant at;
  std::string state;
  std::string guest;
  double weight = 0;
  std::int64_t seq = 0;
  bool blocked = false;
};

}  // namespace tiebeam::store::test

template <>
struct tiebeam::Names<tiebeam::store::test::Colour> {
  static constexpr std::array<std::string_view, 2> values = {"red", "green"};
};

template <>
struct tiebeam::Describe<tiebeam::store::test::Thing> {
  static constexpr std::string_view name = "thing", title = "Thing", plural = "things",
                                    help = "Anything, with every kind of field.";
  using T = store::test::Thing;
  static constexpr auto fields = std::tuple{field("words", &T::words, {.help = "text"}),
                                            field("count", &T::count, {.help = "integer"}),
                                            field("size", &T::size, {.help = "number"}),
                                            field("share", &T::share, {.help = "fraction"}),
                                            field("done", &T::done, {.help = "boolean"}),
                                            field("cost", &T::cost, {.help = "money"}),
                                            field("begun", &T::begun, {.help = "instant"}),
                                            field("due", &T::due, {.help = "day"}),
                                            field("effort", &T::effort, {.help = "estimate"}),
                                            field("maker", &T::maker, {.help = "reference"}),
                                            field("helpers", &T::helpers, {.help = "references"}),
                                            field("marks", &T::marks, {.help = "list"}),
                                            field("colour", &T::colour, {.help = "choice"})};
};

template <>
struct tiebeam::Describe<tiebeam::store::test::Visit> {
  static constexpr std::string_view name = "visit", title = "Visit", plural = "visits",
                                    help = "Something happened to an item.";
  using T = store::test::Visit;
  static constexpr auto fields =
      std::tuple{field("item", &T::item, {.help = "key", .required = true}),
                 field("at", &T::at, {.help = "when", .required = true}),
                 field("state", &T::state, {.help = "state"}),
                 field("guest", &T::guest, {.help = "who", .person = true}),
                 field("weight", &T::weight, {.help = "number"}),
                 field("seq", &T::seq, {.help = "integer"}),
                 field("blocked", &T::blocked, {.help = "flag"})};
};

namespace tiebeam::store::test {

inline const Catalog& catalog() {
  static const Catalog all = [] {
    Catalog out;
    out.add(describe_record<Person>("kernel"));
    out.add(describe_record<Link>("kernel"));
    out.add(describe_record<Organisation>("kernel"));
    out.add(describe_record<Thing>("test"));
    return out;
  }();
  return all;
}

inline const EventType& visit_type() {
  static const EventType type = describe_event<Visit>("test");
  return type;
}

inline Instant minute(int number) {
  return Instant{std::chrono::sys_days{std::chrono::year{2024} / 3 / 1}} +
         std::chrono::minutes{number};
}

// Appends a visit; its identity follows from `item` and `number`.
inline void add_visit(EventTable& table, const std::string& item, int number,
                      const std::string& guest, const std::string& state = "open") {
  table.column("item").narrow.push_back(table.column("item").names.intern(item));
  table.column("at").wide.push_back(minute(number).time_since_epoch().count());
  table.column("state").narrow.push_back(table.column("state").names.intern(state));
  table.column("guest").narrow.push_back(table.column("guest").names.intern(guest));
  table.column("weight").real.push_back(0.1 * number);
  table.column("seq").wide.push_back(number % 3 == 0 ? kMissing : number);
  table.column("blocked").narrow.push_back(number % 2 == 0 ? 1 : 0);
  table.line.push_back(static_cast<std::uint32_t>(table.line.size() + 2));
  table.identity.push_back(row_hash(item + "|" + std::to_string(number)));
}

// Visits [first, last) of three items by two guests.
inline EventTable visits(int first, int last) {
  EventTable table(visit_type());
  for (int i = first; i < last; ++i) {
    add_visit(table, "INC" + std::to_string(i % 3), i, i % 2 == 0 ? "Ann Lee" : "Bo Diaz");
  }
  return table;
}

}  // namespace tiebeam::store::test
