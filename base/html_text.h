// What people wrote, safe as text and as the value of an attribute of HTML.
#pragma once

#include <string>
#include <string_view>

namespace tiebeam {

[[nodiscard]] std::string html_text(std::string_view text);

}  // namespace tiebeam
