#include "rooms/partnership/mail_of.h"

#include "rooms/partnership/engine/mail.h"

namespace tiebeam::partnership {

std::string digest_mail(const Snapshot& snapshot, const std::vector<Review>& reviews,
                        std::string text) {
  return mail_file({.subject = digest_title(snapshot, reviews),
                    .text = std::move(text),
                    .html = digest_html(snapshot, reviews),
                    .date = reviews.empty() ? Instant{} : reviews.front().as_of});
}

}  // namespace tiebeam::partnership
