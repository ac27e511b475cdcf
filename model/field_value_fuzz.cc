// `field=value` as typed on a command line, one a line, for every kind of field.
#include "model/record_fuzz_support.h"

namespace tiebeam {
namespace {

void check(const FieldInfo& field, std::string_view text) {
  const auto value = parse_value(field, text);
  if (!value) {
    FUZZ_CHECK(value.error().field.starts_with("/" + field.name), value.error().field);
    return fuzz::check_error(value.error());
  }
  const std::string shown = format_value(field, *value);
  FUZZ_CHECK(is_valid_utf8(shown));
  const auto again = parse_value(field, shown);
  FUZZ_CHECK(again && *again == *value, shown);
}

}  // namespace

FUZZ(input) {
  for (const std::string_view line : split_at(input, '\n')) {
    const std::size_t equals = line.find('=');
    const FieldInfo* field = fuzz::thing().find(line.substr(0, equals));
    if (field != nullptr && equals != std::string_view::npos)
      check(*field, line.substr(equals + 1));
  }
}

}  // namespace tiebeam
