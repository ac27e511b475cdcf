// The figures of the flow room: what each is (declared once, with the formula a person can repeat),
// and their values from a report. The first words of a formula say how to recompute it from the
// evidence; recompute.h does exactly that.
#pragma once

#include <vector>

#include "base/figure.h"
#include "model/figures.h"
#include "rooms/flow/engine/load.h"

namespace tiebeam::flow {

struct FlowReport;

// In the order they are published.
[[nodiscard]] const std::vector<FigureSpec>& figure_specs();

// One figure per spec, same order. REQUIRES: all of `report` but its figures is filled.
[[nodiscard]] std::vector<Figure> figures_of(const FlowReport& report, const Load& load);

}  // namespace tiebeam::flow
