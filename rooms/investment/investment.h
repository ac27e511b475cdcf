// The investment room's facade: what the organisation's initiatives are worth, whether a champion
// stands behind them, and what became of their promises. Snapshot in, figures and findings out.
// Records: records.h. Methods: docs/method/case.md, docs/method/initiative-value.md.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "model/figures.h"
#include "model/rules.h"
#include "rooms/investment/case_keep.h"
#include "rooms/investment/engine/case_detail.h"
#include "rooms/investment/engine/from_records.h"

namespace tiebeam::investment {

// Which draws: an answer follows from content, seed and trials.
struct Draws {
  std::uint64_t seed = 1;
  std::uint64_t trials = 10'000;
};

// Every initiative on record, valued as far as it can be.
struct Portfolio {
  Draws draws;
  CaseRecords records;
  RecordCases of;
  Valuation valuation;                        // of of.cases
  MoneyFigures funded;                        // of those in stage funded, scaling or done
  MoneyFigures open;                          // of those neither done nor stopped
  std::size_t counted = 0, funded_count = 0;  // in `valuation.portfolio`: all but those stopped
  std::size_t open_count = 0;
  // Of them, what says what it brings.
  std::size_t counted_saying = 0, funded_saying = 0, open_saying = 0;

  [[nodiscard]] const Initiative& initiative(std::string_view id) const;  // REQUIRES: it is there
  [[nodiscard]] const RecordCase* find(std::string_view id) const;
  [[nodiscard]] const CaseValue* value_of(const RecordCase& one) const;  // null: not valued
};
[[nodiscard]] bool is_funded(Stage stage);
[[nodiscard]] bool is_open(Stage stage);  // neither done nor stopped

// What the room's figures are seen from: model/known_until.h over its records.
[[nodiscard]] Instant seen_from(const FigureBook& book);
[[nodiscard]] CaseRecords case_records(const FigureBook& book);
[[nodiscard]] Portfolio value_records(CaseRecords records, CaseKeep& keep, Draws draws);
// Made once for a book and its draws; each case simulated once for its content.
[[nodiscard]] std::shared_ptr<const Portfolio> portfolio_of(const FigureBook& book,
                                                            const KeepPtr& keep, Draws draws = {});
// What the page of a case shows beside its value. REQUIRES: it is valued.
[[nodiscard]] std::shared_ptr<const CaseDetail> detail_of(const Portfolio& portfolio,
                                                          const RecordCase& one,
                                                          const std::vector<FundingLevel>& levels,
                                                          const KeepPtr& keep);
// The figures of one case, with the records they rest on in their trails.
[[nodiscard]] std::vector<Figure> figures_of(const Portfolio& portfolio, const RecordCase& one);

// Those of several cases together.
[[nodiscard]] std::vector<Figure> room_figures(const FigureBook& book, const Portfolio& portfolio,
                                               const KeepPtr& keep);

[[nodiscard]] std::vector<FigureFamily> investment_families(const KeepPtr& keep);

}  // namespace tiebeam::investment
