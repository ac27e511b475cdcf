// All faults of a record at once, each with the JSON pointer of its field.
#include <fmt/format.h>

#include "base/text.h"
#include "model/record_type.h"

namespace tiebeam {
namespace {

constexpr std::string_view kSlug =
    "1 to 80 of a-z, 0-9, '-', '_' and '.', starting with a letter or digit";

class Faults {
 public:
  Faults(const RecordType& type, const Exists& exists) : type_(type), exists_(exists) {}

  void add(const FieldInfo& field, std::string_view code, std::string message, std::string hint,
           std::string found, std::string expected) {
    out.push_back({.kind = Kind::invalid,
                   .code = std::string(code),
                   .message = std::move(message),
                   .detail = {},
                   .hint = std::move(hint),
                   .field = fmt::format("/{}", field.name),
                   .found = std::move(found),
                   .expected = std::move(expected)});
  }

  void check(const FieldInfo& field, const Value& value) {
    check_text(field, value);
    if (is_missing(value)) {
      if (field.required) {
        add(field, "record.missing",
            fmt::format("a {} needs '{}': {}", type_.title, field.name, field.help),
            fmt::format("give it as {}=...", field.name), "nothing", field.help);
      }
      return;
    }
    switch (field.kind) {
      case FieldKind::integer:
        return check_range(field, static_cast<double>(std::get<std::int64_t>(value)));
      case FieldKind::number:
      case FieldKind::fraction:
        return check_range(field, std::get<double>(value));
      case FieldKind::choice:
        return check_choice(field, std::get<std::string>(value));
      case FieldKind::reference:
        return check_reference(field, std::get<std::string>(value));
      case FieldKind::references:
        for (const std::string& id : std::get<std::vector<std::string>>(value))
          check_reference(field, id);
        return check_length(field, std::get<std::vector<std::string>>(value).size());
      case FieldKind::list:
        return check_length(field, std::get<std::vector<std::string>>(value).size());
      case FieldKind::estimate:
        for (Error& fault : faults_of(std::get<Estimate>(value))) {
          fault.field = fmt::format("/{}{}", field.name, fault.field);
          out.push_back(std::move(fault));
        }
        return;
      default:
        return;
    }
  }

  std::vector<Error> out;

 private:
  // A zero byte ends a text for half of the programs that read it.
  void check_text(const FieldInfo& field, const Value& value) {
    const auto has_zero = [](const std::string& text) { return text.contains('\0'); };
    const auto* text = std::get_if<std::string>(&value);
    const auto* list = std::get_if<std::vector<std::string>>(&value);
    if (text ? !has_zero(*text) : !list || std::ranges::none_of(*list, has_zero)) return;
    add(field, "record.zero_byte", fmt::format("'{}' holds a zero byte", field.name),
        "take it out; it often comes from a file in UTF-16", text ? shown(*text) : "a zero byte",
        "text without one");
  }
  static bool is_missing(const Value& value) {
    if (value.index() == 0) return true;
    if (const auto* text = std::get_if<std::string>(&value)) return text->empty();
    return false;
  }
  void check_range(const FieldInfo& field, double value) {
    if (value >= field.min && value <= field.max) return;
    const std::string range =
        field.max > 1e300    ? fmt::format("at least {}", shortest(field.min))
        : field.min < -1e300 ? fmt::format("at most {}", shortest(field.max))
                             : fmt::format("{} to {}", shortest(field.min), shortest(field.max));
    add(field, "record.out_of_range",
        fmt::format("'{}' is {}; it must be {}", field.name, shortest(value), range),
        fmt::format("{}: {}", field.name, field.help), shortest(value), range);
  }
  void check_length(const FieldInfo& field, std::size_t length) {
    if (field.max <= 0 || static_cast<double>(length) <= field.max) return;
    add(field, "record.too_many",
        fmt::format("'{}' holds {}; at most {} are allowed", field.name, length,
                    shortest(field.max)),
        fmt::format("take away what matters least first; {}: {}", field.name, field.help),
        fmt::format("{} of them", length), fmt::format("at most {}", shortest(field.max)));
  }
  void check_choice(const FieldInfo& field, const std::string& value) {
    if (std::ranges::find(field.choices, value) != field.choices.end()) return;
    const std::vector<std::string_view> choices(field.choices.begin(), field.choices.end());
    add(field, "record.not_a_choice",
        fmt::format("'{}' cannot be '{}'{}", field.name, shown(value),
                    did_you_mean(value, choices)),
        fmt::format("choose one of {}", fmt::join(field.choices, ", ")), shown(value),
        fmt::format("one of {}", fmt::join(field.choices, ", ")));
  }
  void check_reference(const FieldInfo& field, const std::string& id) {
    if (!exists_ || exists_(field.refers_to, id)) return;
    add(field, "record.no_such",
        fmt::format("'{}' names {} '{}', which does not exist", field.name, field.refers_to,
                    shown(id)),
        fmt::format("add it first: tiebeam record {} add id={} name=...", field.refers_to,
                    shown(id)),
        shown(id), fmt::format("the id of a {} that exists", field.refers_to));
  }

  const RecordType& type_;
  const Exists& exists_;
};

// A link's ends are "type/id" of records that exist.
void check_link_end(Faults& faults, const RecordType& type, const Record& record,
                    std::string_view end, const Exists& exists) {
  const std::size_t at = type.index_of(end);
  const auto* text = std::get_if<std::string>(&record.values[at]);
  if (!text || text->empty()) return;
  const std::size_t slash = text->find('/');
  const bool known =
      slash != std::string::npos && (!exists || exists(std::string_view(*text).substr(0, slash),
                                                       std::string_view(*text).substr(slash + 1)));
  if (known) return;
  faults.add(type.fields[at], "record.no_such",
             fmt::format("'{}' names '{}', which does not exist", end, shown(*text)),
             "write type/id, such as value_stream/incidents", shown(*text),
             "type/id of a record that exists");
}

}  // namespace

std::vector<Error> faults_of(const RecordType& type, const Record& record, const Exists& exists) {
  Faults faults(type, exists);
  const std::string& id = record.id();
  if (!is_slug(id)) {
    faults.add(type.fields[kIdField], "record.bad_id",
               fmt::format("'{}' cannot be an id", shown(id)), fmt::format("use {}", kSlug),
               shown(id), std::string(kSlug));
  }
  for (std::size_t i = 1; i < type.fields.size(); ++i)
    faults.check(type.fields[i], record.values[i]);
  if (type.name == "link") {
    check_link_end(faults, type, record, "from", exists);
    check_link_end(faults, type, record, "to", exists);
  }
  return std::move(faults.out);
}

}  // namespace tiebeam
