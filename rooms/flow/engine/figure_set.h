// The figures of one family while they are being made: blank from their specs, then given value,
// status and what they rest on. And the evidence under them, sorted and paged alike everywhere.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "model/figure_kit.h"
#include "quant/figure_values.h"
#include "rooms/flow/engine/report.h"

namespace tiebeam::flow {

// The files that the log's items and facts came in, in order of import, and the value streams that
// say how they are read.
[[nodiscard]] std::vector<TrailInput> sources_behind(const FlowLog& log);

[[nodiscard]] FigureSpec figure_spec(std::string key, std::string label, std::string unit,
                                     std::string formula, std::string method);

class FigureSet : public FigureDraft {
 public:
  FigureSet(const std::vector<FigureSpec>& specs, Instant as_of, std::vector<TrailInput> sources);
  // Says what a figure rests on: `count` records chosen by `filter`, and the sources behind them.
  Figure& rests_on(std::string_view key, std::string_view record_type, std::size_t count,
                   std::string filter);
  // And on these records beside.
  void also_rests_on(std::string_view key, std::string_view record_type, std::size_t count,
                     std::string filter);

 private:
  std::vector<TrailInput> sources_;
};

// "1 finished item", "12 finished items": `what` in the plural, "items" anywhere or an s at its
// end.
[[nodiscard]] std::string counted_of(std::size_t count, std::string_view what);

using quant::set_share, quant::set_spread;
// A quantile as far as the curve reaches it; `unit_name` names what is watched: "commits".
void set_survival(Figure& figure, const quant::Curve& curve, double p, std::string_view what);

// One piece of evidence before it is put into words; `sub` tells pieces of one item apart.
struct EvidencePiece {
  double value;
  std::uint32_t item;
  std::uint32_t sub = 0;
};

// Largest contribution first, then by item; `tell(piece)` puts one into words.
template <class F>
std::vector<Evidence> page_of(std::vector<EvidencePiece> pieces, std::size_t offset,
                              std::size_t limit, F tell) {
  std::ranges::sort(pieces, [](const EvidencePiece& a, const EvidencePiece& b) {
    return std::tie(b.value, a.item, a.sub) < std::tie(a.value, b.item, b.sub);
  });
  std::vector<Evidence> out;
  for (std::size_t i = offset; i < pieces.size() && out.size() < limit; ++i) {
    out.push_back(tell(pieces[i]));
    out.back().value = pieces[i].value;
  }
  return out;
}

// Row `row` of `table` as a place in its source; nothing for kNone.
void add_place(const EventTable* table, std::uint32_t row, Evidence& out);
// "work_item/KEY"
[[nodiscard]] std::string item_subject(const FlowLog& log, std::uint32_t item);

}  // namespace tiebeam::flow
