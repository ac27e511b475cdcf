#include "rooms/risk/engine/ai/uses.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/hash.h"
#include "model/derived.h"

namespace tiebeam::risk {
namespace {

// The end of an id of a tool whose key is too long for one, or makes the id of another.
std::string long_id_of(std::string_view key) {
  constexpr std::size_t kStem = 56;
  return slugify(slugify(key).substr(0, kStem) +
                 fmt::format("-{:08x}", row_hash(key) & 0xFFFFFFFFU));
}

std::string id_of(std::string_view key) {
  constexpr std::size_t kLongest = 64;  // so that it can be read and typed
  std::string out = slugify(key);
  return out.empty() || out.size() > kLongest ? long_id_of(key) : out;
}

class Uses {
 public:
  explicit Uses(const EventTable& table) : table_(table) {}

  // The last row of each tool, by id: a later import replaces what an earlier one said.
  [[nodiscard]] std::map<std::string, std::size_t> newest() const {
    std::map<std::string_view, std::size_t> by_key;
    for (std::size_t row = 0; row < table_.rows(); ++row)
      by_key.insert_or_assign(text("tool", row), row);
    std::map<std::string, std::size_t> out;
    for (const auto& [key, row] : by_key)
      if (!out.emplace(id_of(key), row).second) out.emplace(long_id_of(key), row);
    return out;
  }
  [[nodiscard]] Record record(const std::string& id, std::size_t row) const {
    Record out = blank(type());
    out.values[kIdField] = id;
    for (const char* name : {"name", "purpose", "department", "unit", "stage", "risk_tier",
                             "data_class", "evaluation", "human_oversight", "decision"}) {
      if (const std::string_view held = text(name, row); !held.empty())
        out.values[type().index_of(name)] = std::string(held);
    }
    for (const char* name : {"asked_on", "first_used_on", "retired_on"}) {
      const std::int64_t at = table_.column(name).wide[row];
      if (at != kMissing) out.values[type().index_of(name)] = day_of(Instant{Micros{at}});
    }
    return out;
  }

 private:
  static const RecordType& type() {
    static const RecordType described = describe_record<AiTool>("risk");
    return described;
  }
  [[nodiscard]] std::string_view text(std::string_view column, std::size_t row) const {
    const Column& held = table_.column(column);
    return held.names.name(held.narrow[row]);
  }
  const EventTable& table_;
};

}  // namespace

std::vector<Record> imported_tools(const Snapshot& snapshot) {
  const EventTable* table = snapshot.table("ai_use");
  if (!table) return {};
  const Uses uses(*table);
  std::vector<Record> out;
  for (const auto& [id, row] : uses.newest()) out.push_back(uses.record(id, row));
  return out;
}

std::size_t imported_tool_count(const Snapshot& snapshot) {
  const EventTable* table = snapshot.table("ai_use");
  return table ? Uses(*table).newest().size() : 0;
}

std::vector<ListedTool> listed_tools(const Snapshot& snapshot) {
  std::vector<Record> imported = imported_tools(snapshot);
  std::vector<std::string> from_source;
  for (const Record& record : imported) from_source.push_back(record.id());
  const std::size_t decision = describe_record<AiTool>("risk").index_of("decision");
  std::vector<ListedTool> out;
  for (const Record& record : laid_over(std::move(imported), snapshot.of("ai_tool"))) {
    ListedTool listed{to_struct<AiTool>(record), true};
    const Record* written = snapshot.find("ai_tool", record.id());
    const bool is_imported = std::ranges::binary_search(from_source, record.id());
    const bool is_told =
        listed.record.approved_on.has_value() ||
        (record.values[decision].index() != 0 && listed.record.decision != AiDecision::retired);
    const bool is_written = written && written->values[decision].index() != 0;
    listed.decision_is_known = !is_imported || is_told || is_written;
    out.push_back(std::move(listed));
  }
  return out;
}

}  // namespace tiebeam::risk
