// The room's figures, rules and answers over a small organisation, for tests of the room.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string_view>
#include <utility>

#include "application/table.h"
#include "rooms/risk/exposure.h"
#include "rooms/risk/mount_exposure.h"
#include "rooms/risk/org_test_support.h"

namespace tiebeam::risk::test {

struct Room {
  Table table;
  KeepPtr keep = std::make_shared<SimulationKeep>(2);
  Room() { mount_exposure(table); }
  [[nodiscard]] FigureBook book(const Org& org) const {
    return FigureBook(table.figures, org.shared(), {});
  }
  [[nodiscard]] Exposed found(const Org& org, const Wish& wish = {.trials = 20'000}) {
    const FigureBook asked = book(org);
    auto out = exposed(asked, *keep, wish);
    EXPECT_TRUE(out.has_value()) << (out ? "" : out.error().message);
    return out ? *std::move(out) : Exposed{};
  }
};

inline Asking asking_of(const Room& room, const Org& org) {
  return {.table = room.table,
          .book = std::make_shared<const FigureBook>(room.table.figures, org.shared(), Asked{}),
          .options = {},
          .warnings = {},
          .sources = {},
          .recompute = {}};
}
inline const Json& member(const Json& json, std::string_view key) {
  const Json* found = json.find(key);
  EXPECT_NE(found, nullptr) << key;
  static const Json kNull;
  return found ? *found : kNull;
}

}  // namespace tiebeam::risk::test
