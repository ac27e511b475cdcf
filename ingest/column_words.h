// How the names of columns are compared: by their words, however they are joined and accented.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tiebeam::ingest {

// In lower case, without accents, its words parted by one blank: created_at, createdAt, CreatedAt,
// "Created At" and created-at are all "created at". '/', '.', ':', '*', '+' and brackets part
// words, too. Other signs ('#', letters that are not Latin) stay. A text of more than
// kLongestName bytes is no name: it has no words.
constexpr std::size_t kLongestName = 200;
[[nodiscard]] std::string column_words(std::string_view name);
// The words without the blanks: "TicketNummer" and "Ticketnummer" are one column.
[[nodiscard]] std::string column_key(std::string_view name);

}  // namespace tiebeam::ingest
