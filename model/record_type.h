// A record type at run time, made from its description, and a record as field values. All generic
// machinery (storage, JSON, CSV, the command line, the journal) works on these two; an engine turns
// them back into its plain struct with to_struct<T>.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/describe.h"
#include "base/estimate.h"
#include "base/fraction.h"
#include "base/money.h"
#include "base/time.h"

namespace tiebeam {

enum class FieldKind : std::uint8_t {
  text,
  integer,
  number,
  fraction,
  boolean,
  money,
  instant,
  day,
  estimate,
  reference,
  references,
  list,
  choice
};
[[nodiscard]] std::string_view kind_name(FieldKind kind);

// monostate is "not given". fraction is a double in 0..1, reference and choice are strings,
// references and list are string vectors.
using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string, Money, Instant,
                           Day, Estimate, std::vector<std::string>>;

struct FieldInfo {
  std::string name;
  FieldKind kind = FieldKind::text;
  bool required = false;
  double min = 0, max = 0;  // integer, number, fraction
  std::string refers_to;    // record type, for reference(s)
  std::vector<std::string> choices;
  std::string unit, help;
  bool kept = false;  // kept by the store: id, created_at, updated_at, version
  Value initial;      // of a new record, before anybody said anything: the first choice, "UTC"
};

struct RecordType {
  std::string name, title, plural, room, help;
  std::vector<FieldInfo> fields;  // those of RecordBase first (kBaseFields of them), then its own
  [[nodiscard]] std::size_t index_of(std::string_view field) const;  // npos when there is none
  [[nodiscard]] const FieldInfo* find(std::string_view field) const;
};
constexpr std::size_t kBaseFields =
    8;  // id, name, notes, tags, owner, created_at, updated_at, version
constexpr std::size_t kIdField = 0, kNameField = 1, kCreatedField = 5, kUpdatedField = 6,
                      kVersionField = 7;

struct Record {
  std::vector<Value> values;  // one per field of its type
  [[nodiscard]] const std::string& id() const { return std::get<std::string>(values[kIdField]); }
  [[nodiscard]] const std::string& name() const;
  [[nodiscard]] std::int64_t version() const;
  friend bool operator==(const Record&, const Record&) = default;
};

// All types an organisation can hold, by name. Built once at start by the rooms' mounts.
class Catalog {
 public:
  void add(RecordType type);  // REQUIRES: the name is new
  [[nodiscard]] const RecordType* find(std::string_view name) const;
  [[nodiscard]] Result<const RecordType*> get(
      std::string_view name) const;  // model.no_type, with a near miss
  [[nodiscard]] const std::map<std::string, RecordType, std::less<>>& types() const {
    return types_;
  }
  // References whose type does not exist, as sentences. Empty when all is well; start-up refuses
  // otherwise.
  [[nodiscard]] std::vector<std::string> dangling() const;

 private:
  std::map<std::string, RecordType, std::less<>> types_;
};

// All faults of `record` as a record of `type`: missing, out of range, not a choice, malformed
// slug. `exists(type, id)` answers for references. Each Error has its field as a JSON pointer.
using Exists = std::function<bool(std::string_view type, std::string_view id)>;
[[nodiscard]] std::vector<Error> faults_of(const RecordType& type, const Record& record,
                                           const Exists& exists);

// Text as typed after `field=` on a command line or found in a CSV cell, and back. Lists are
// separated by ';'. Errors name the field, what was found and what was expected.
[[nodiscard]] Result<Value> parse_value(const FieldInfo& field, std::string_view text);
[[nodiscard]] std::string format_value(const FieldInfo& field, const Value& value);

// An empty record of `type`: every value not given, lists empty, id "", version 0.
[[nodiscard]] Record blank(const RecordType& type);
// A new one as people begin it: with initial values.
[[nodiscard]] Record fresh(const RecordType& type);

namespace detail {
template <class M>
struct Codec;  // FieldKind, to Value, from Value; model/record_codec.h
}

}  // namespace tiebeam

#include "model/record_codec.h"  // IWYU pragma: export  describe_record<T>, to_struct<T>, to_record<T>
