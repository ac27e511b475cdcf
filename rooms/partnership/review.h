// The facade of the monthly review: the pack for each partner, the rhythm with all of them, and
// whether IT reports what they value.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "model/json.h"
#include "model/rules.h"
#include "rooms/partnership/engine/review.h"

namespace tiebeam::partnership {

[[nodiscard]] Instant review_seen_from(const FigureBook& book);
// One engagement in the list of all.
struct EngagementRow {
  Engagement record;
  std::string partner;
  Rhythm rhythm;
  std::size_t open_actions = 0, overdue_actions = 0;
};
[[nodiscard]] std::shared_ptr<const std::vector<EngagementRow>> engagements_of(
    const FigureBook& book);

// Errors: record.no_such with a near miss; review.no_engagement when there is none at all;
// review.which when `id` is empty and there are several.
[[nodiscard]] Result<Review> review_of(const FigureBook& book, const std::string& id);
// Of the last seven days, of one engagement or, with an empty id, of all, by the partner's name.
// Errors: as review_of, but for review.which.
[[nodiscard]] Result<std::vector<Review>> digest_of(const FigureBook& book, const std::string& id);

[[nodiscard]] std::vector<FigureFamily> review_families();
[[nodiscard]] std::vector<Rule> review_rules();

[[nodiscard]] Json review_json(const FigureBook& book, const Review& review,
                               const std::vector<Finding>& findings);
[[nodiscard]] Json engagements_json(const FigureBook& book, const std::vector<Finding>& findings);
// One file, no script, nothing loaded from elsewhere; prints to two A4 pages.
[[nodiscard]] std::string review_html(const Snapshot& snapshot, const Review& review);
// What changed in a week, which decisions wait and which promises are due, partner by partner.
[[nodiscard]] std::string digest_html(const Snapshot& snapshot, const std::vector<Review>& reviews);
// The words of a digest that text and HTML share.
struct DigestLines {
  std::vector<std::string> changed, waiting, due;
};
[[nodiscard]] DigestLines digest_lines(const Review& review);
[[nodiscard]] std::string digest_title(const Snapshot& snapshot,
                                       const std::vector<Review>& reviews);

// Findings about one of the records or figures of this review.
[[nodiscard]] std::vector<Finding> findings_of(const Review& review,
                                               const std::vector<Finding>& findings);

}  // namespace tiebeam::partnership
