#include "application/import_memory.h"

#include <fmt/format.h>

#include <filesystem>
#include <ranges>

#include "base/hash.h"
#include "base/text.h"
#include "model/state_map_toml.h"

namespace tiebeam {
namespace {

constexpr std::size_t kMostMemories = 3;

std::optional<Memory> memory_of(const Import& import) {
  auto answers = remembered_answers(import.answers);
  if (!answers) return std::nullopt;
  return Memory{*std::move(answers), import.file, import.header};
}

// The newest import for which `is_it`: what it remembers.
template <class F>
std::optional<Memory> newest(const Snapshot& before, F is_it) {
  for (const Import& import : before.imports | std::views::reverse) {
    if (is_it(import)) return memory_of(import);
  }
  return std::nullopt;
}

// The stream an import goes to when nobody named one.
std::string default_stream(const ingest::Batch& batch) {
  if (batch.format == "servicenow-audit") return "incidents";
  const std::string stem = std::filesystem::path(batch.file).stem().stem().string();
  const std::string slug = slugify(stem);
  return slug.empty() ? "work" : slug;
}

// An earlier import that this file goes on from: of the same format, and its map knows every state.
// Newest first; `map` is what its states mean.
const Import* goes_on_from(const Snapshot& before, const ingest::Batch& batch, StateMap& map) {
  for (auto import = before.imports.rbegin(); import != before.imports.rend(); ++import) {
    if (import->format != batch.format || batch.states.empty()) continue;
    auto known = parse_state_map(import->state_map);
    const auto is_known = [&](const ingest::StateCount& count) {
      return known->class_of(count.state).has_value();
    };
    if (!known || !std::ranges::all_of(batch.states, is_known)) continue;
    map = *std::move(known);
    return &*import;
  }
  return nullptr;
}

}  // namespace

std::string header_of(const ingest::Batch& batch) {
  if (batch.columns.empty()) return {};
  std::string names;
  for (const ingest::ColumnUse& column : batch.columns)
    names += fmt::format("{}:{}x{}\n", column.name.size(), column.name, column.times);
  return fmt::format("{:016x}", row_hash(names));
}

std::optional<Memory> memory_of_file(const Snapshot& before, const std::string& file) {
  return newest(before, [&](const Import& import) { return import.file == file; });
}

std::optional<Memory> memory_of_header(const Snapshot& before, const std::string& header) {
  if (header.empty()) return std::nullopt;
  return newest(before, [&](const Import& import) { return import.header == header; });
}

std::vector<Memory> newest_memories(const Snapshot& before) {
  std::vector<Memory> out;
  std::vector<std::string> seen;
  for (const Import& import : before.imports | std::views::reverse) {
    if (out.size() == kMostMemories) break;
    if (import.header.empty() || std::ranges::find(seen, import.answers) != seen.end()) continue;
    seen.push_back(import.answers);
    if (auto memory = memory_of(import)) out.push_back(*std::move(memory));
  }
  return out;
}

std::optional<StateMap> remembered_map(const Snapshot& before, const ImportRequest& request) {
  for (const Record& stream : before.of("value_stream")) {
    if (stream.id() != request.value_stream) continue;
    const RecordType* type = before.catalog->find("value_stream");
    const auto* text = std::get_if<std::string>(&stream.values[type->index_of("state_map")]);
    if (!text || text->empty()) continue;
    if (auto map = parse_state_map(*text)) return *std::move(map);
  }
  const std::string file = std::filesystem::path(request.read.path).filename().string();
  for (auto import = before.imports.rbegin(); import != before.imports.rend(); ++import) {
    if (import->file != file || import->state_map.empty()) continue;
    if (auto map = parse_state_map(import->state_map)) return *std::move(map);
  }
  return std::nullopt;
}

std::string choose_stream(const Snapshot& before, ingest::Batch& batch) {
  StateMap map;
  const Import* earlier = goes_on_from(before, batch, map);
  if (!earlier) return default_stream(batch);
  if (batch.state_map_is_guess) {
    batch.state_map = std::move(map);
    batch.state_map_is_guess = false;
    for (ingest::StateCount& state : batch.states) {
      state.meaning = *batch.state_map.class_of(state.state);
      state.reason = fmt::format("as in {}", earlier->file);
    }
  }
  batch.statements.push_back(
      fmt::format("it goes on from {}: the same format and states, so value stream '{}' (another: "
                  "--value-stream)",
                  earlier->file, earlier->value_stream));
  return earlier->value_stream;
}

}  // namespace tiebeam
