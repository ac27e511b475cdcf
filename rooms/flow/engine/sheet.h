// A sheet of figures while it is filled: one blank figure per spec, what each rests on, and the
// ways to say that it has no value. Every family of the room is made on one.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/figure.h"
#include "model/figures.h"
#include "quant/quantile.h"

namespace tiebeam::flow {

struct FlowReport;

class FigureSheet {
 public:
  // REQUIRES: the report is alive and outlives the sheet.
  FigureSheet(const FlowReport& report, const std::vector<FigureSpec>& specs);

  [[nodiscard]] Figure& at(std::string_view key);  // REQUIRES: a spec has this key
  // Says what a figure rests on: `count` items, chosen by `filter`, and the files they came in.
  Figure& rests_on(std::string_view key, std::size_t count, std::string filter);
  // No value, and why.
  static void say(Figure& figure, Status status, std::string reason);
  // A value with its interval cut to [low, high]; no interval where there is no width.
  static void set(Figure& figure, const quant::Spread& spread, double low, double high);
  // The p line of sorted values with its interval, or how many of `what` are needed: "finished
  // items".
  static void percentile(Figure& figure, std::span<const double> sorted, double p,
                         std::string_view what);
  [[nodiscard]] std::vector<Figure> take() { return std::move(figures_); }

 private:
  [[nodiscard]] Figure blank(const FigureSpec& spec) const;
  void read_imports();

  const FlowReport& report_;
  std::vector<TrailInput> imports_;
  std::vector<Figure> figures_;
};

// "a line at half", "an 85 % line"
[[nodiscard]] std::string line_name(double p);

// A list of tickets has no history: what to do about it, for every figure that needs one.
constexpr std::string_view kNoHistory =
    "a list of tickets tells when work was asked for and done, not when it began, waited or "
    "changed hands: import its history (tiebeam import FILE --format events with item,at,state, or "
    "the tool's audit log)";

}  // namespace tiebeam::flow
