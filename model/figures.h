// The registry of figures and the book that answers for one snapshot. Rooms publish families of
// figures; everyone else asks by key, so rooms never include each other.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/figure.h"
#include "model/snapshot.h"

namespace tiebeam {

// What a figure is, declared before it is ever computed; docs/reference/figures.md is made of
// these.
struct FigureSpec {
  std::string key;
  std::string label;
  std::string unit;
  std::string formula;
  std::string method;
  int version = 1;
  std::vector<std::string> reads;  // keys of other figures it is computed from
};

// The question: which window, seen from when.
struct Asked {
  std::optional<Instant> as_of;  // none: the organisation's fixed date, else its newest event
  std::optional<Instant> from;   // window [from, to)
  std::optional<Instant> to;
};

// One piece of evidence under a figure: what it contributed and where that stands in the sources.
struct Evidence {
  std::string subject;          // "work_item/INC0000045"
  std::optional<double> value;  // its contribution, in the figure's unit
  std::string what;             // "asked for 2016-02-29T01:16:00Z, finished 2016-03-05T12:00:00Z"
  struct Place {
    std::string import_id;
    std::uint32_t line;
  };
  std::vector<Place> places;
};

class FigureBook;

struct FigureFamily {
  std::string name;  // "flow"
  std::vector<FigureSpec> figures;
  // Every figure of the family, in the order of `figures`. Pure. REQUIRES: reads only what it
  // declared.
  std::function<std::vector<Figure>(const FigureBook& book)> compute;
  // The evidence under `key`, a total order, at most `limit` rows from `offset`; empty function:
  // none kept.
  std::function<std::vector<Evidence>(const FigureBook& book, std::string_view key,
                                      std::size_t offset, std::size_t limit)>
      evidence;
};

class FigureRegistry {
 public:
  void add(FigureFamily family);  // REQUIRES: its keys are new
  // Errors: figures.cycle (names the path), figures.unknown_read. Start-up refuses on either.
  [[nodiscard]] Result<void> check() const;
  [[nodiscard]] const FigureFamily* family_of(std::string_view key) const;
  [[nodiscard]] const FigureSpec* find(std::string_view key) const;
  [[nodiscard]] const std::vector<FigureFamily>& families() const { return families_; }

 private:
  std::vector<FigureFamily> families_;
  std::map<std::string, std::pair<std::size_t, std::size_t>, std::less<>>
      index_;  // key -> family, figure
};

// Figures of one snapshot, each family computed at most once. Thread: one book, one thread.
class FigureBook {
 public:
  FigureBook(const FigureRegistry& registry, SnapshotPtr snapshot, Asked asked);
  [[nodiscard]] const Snapshot& snapshot() const { return *snapshot_; }
  [[nodiscard]] const SnapshotPtr& shared_snapshot() const { return snapshot_; }
  [[nodiscard]] const Asked& asked() const { return asked_; }
  [[nodiscard]] const FigureRegistry& registry() const { return registry_; }
  // Seen from when: the as-of asked for, else the organisation's, else its newest event.
  [[nodiscard]] Instant as_of() const;
  [[nodiscard]] const Figure* find(std::string_view key) const;
  [[nodiscard]] Result<Figure> get(std::string_view key) const;  // figures.no_key, with a near miss
  // All figures whose key starts with `prefix`, in registry order.
  [[nodiscard]] std::vector<Figure> all(std::string_view prefix = {}) const;
  [[nodiscard]] std::vector<Evidence> evidence(std::string_view key, std::size_t offset,
                                               std::size_t limit) const;
  // What `make()` returns, made once for this book and shared by all who ask under `name`: a room's
  // report, which its figures, its evidence and its pages are read from. REQUIRES: one type a name.
  template <class T, class F>
  [[nodiscard]] std::shared_ptr<const T> once(const std::string& name, F make) const {
    std::shared_ptr<const void>& held = kept_[name];
    if (!held) held = std::make_shared<const T>(make());
    return std::static_pointer_cast<const T>(held);
  }

 private:
  const std::vector<Figure>& computed(const FigureFamily& family) const;
  const FigureRegistry& registry_;
  SnapshotPtr snapshot_;
  Asked asked_;
  mutable std::map<std::string, std::vector<Figure>, std::less<>> by_family_;
  mutable std::map<std::string, std::shared_ptr<const void>, std::less<>> kept_;
};

}  // namespace tiebeam
