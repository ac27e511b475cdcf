// One symptom each: its figure and the evidence under it. proxies.cc puts them into a family.
#pragma once

#include <vector>

#include "model/figures.h"

namespace tiebeam::partnership {

using MakeFigure = Figure (*)(const FigureBook& book, const FigureSpec& spec);
using MakeEvidence = std::vector<Evidence> (*)(const FigureBook& book, std::size_t offset,
                                               std::size_t limit);

[[nodiscard]] Figure late_figure(const FigureBook& book, const FigureSpec& spec);
[[nodiscard]] std::vector<Evidence> late_evidence(const FigureBook& book, std::size_t offset,
                                                  std::size_t limit);

[[nodiscard]] Figure purpose_figure(const FigureBook& book, const FigureSpec& spec);
[[nodiscard]] std::vector<Evidence> purpose_evidence(const FigureBook& book, std::size_t offset,
                                                     std::size_t limit);

// Counts requests and features; where the list tells no types, all of it, and says so.
[[nodiscard]] Figure solution_figure(const FigureBook& book, const FigureSpec& spec);
[[nodiscard]] std::vector<Evidence> solution_evidence(const FigureBook& book, std::size_t offset,
                                                      std::size_t limit);

[[nodiscard]] Figure unplanned_figure(const FigureBook& book, const FigureSpec& spec);
[[nodiscard]] std::vector<Evidence> unplanned_evidence(const FigureBook& book, std::size_t offset,
                                                       std::size_t limit);

[[nodiscard]] Figure holders_figure(const FigureBook& book, const FigureSpec& spec);
[[nodiscard]] std::vector<Evidence> holders_evidence(const FigureBook& book, std::size_t offset,
                                                     std::size_t limit);

[[nodiscard]] Figure bottleneck_figure(const FigureBook& book, const FigureSpec& spec);
[[nodiscard]] std::vector<Evidence> bottleneck_evidence(const FigureBook& book, std::size_t offset,
                                                        std::size_t limit);

[[nodiscard]] Figure waiting_figure(const FigureBook& book, const FigureSpec& spec);
[[nodiscard]] std::vector<Evidence> waiting_evidence(const FigureBook& book, std::size_t offset,
                                                     std::size_t limit);

}  // namespace tiebeam::partnership
