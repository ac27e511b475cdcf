#include "application/record_file.h"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>

#include "application/small_file.h"
#include "base/faults.h"
#include "base/text.h"
#include "model/record_csv.h"
#include "model/record_json.h"

namespace tiebeam {
namespace {

constexpr std::size_t kLargestFile = std::size_t{64} << 20;

std::unexpected<std::vector<Error>> refused(Error error) {
  return std::unexpected(std::vector<Error>{std::move(error)});
}

std::string place_of(std::size_t index) { return fmt::format("record {}", index + 1); }

std::string joined(std::string_view first, std::string_view second) {
  return fmt::format("{}{}{}", first, first.empty() || second.empty() ? "" : ", ", second);
}

std::string_view without_slash(std::string_view pointer) {
  return pointer.substr(pointer.starts_with('/') ? 1 : 0);
}

// Names the file before what is known of the place in it.
std::vector<Error> in_file(const std::string& path, std::vector<Error> faults) {
  const std::string name = shown(std::filesystem::path(path).filename().string());
  for (Error& fault : faults) fault.detail = joined(name, fault.detail);
  return faults;
}

Checked<std::vector<Record>> read_json_records(const RecordType& type, std::string_view text) {
  auto json = parse_json(text);
  if (!json) return refused(std::move(json).error());
  const Json* list = json->find("records");
  const Json& held = list ? *list : *json;
  const auto* items = held.if_array();
  if (!items) {
    return refused(
        {.kind = Kind::invalid,
         .code = "record.wrong_kind",
         .message = fmt::format("the file holds {}; it should be a list of records", held.kind()),
         .detail = {},
         .hint = R"(write [{"name": "..."}, ...])",
         .field = {},
         .found = shown(write_json(held)),
         .expected = "a list of records"});
  }
  std::vector<Record> out;
  std::vector<Error> faults;
  for (const Json& item : *items) {
    ReadRecord read = read_record(type, item, fresh(type));
    for (Error& fault : read.faults) {
      fault.detail = joined(place_of(out.size()), without_slash(fault.field));
      faults.push_back(std::move(fault));
    }
    if (read.record.id().empty()) read.record.values[kIdField] = slugify(read.record.name());
    out.push_back(std::move(read.record));
  }
  keep_first_faults(faults);
  if (!faults.empty()) return std::unexpected(std::move(faults));
  return out;
}

}  // namespace

Checked<RecordFile> read_record_file(const Table& table, const std::string& path,
                                     std::string type) {
  if (type.empty()) type = std::filesystem::path(path).stem().string();
  auto described = table.catalog.get(type);
  if (!described) return refused(std::move(described).error());
  auto text = read_small_file(path, kLargestFile);
  if (!text) return refused(std::move(text).error());
  std::string_view body = *text;
  if (body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);
  body = trim(body);
  RecordFile out{type, {}, {}};
  if (body.starts_with('[') || body.starts_with('{')) {
    auto records = read_json_records(**described, body);
    if (!records) return std::unexpected(in_file(path, std::move(records).error()));
    out.records = *std::move(records);
    for (std::size_t i = 0; i < out.records.size(); ++i) out.places.push_back(place_of(i));
    return out;
  }
  ReadRecords read = read_csv(**described, *text);
  if (!read.faults.empty()) return std::unexpected(in_file(path, std::move(read.faults)));
  out.records = std::move(read.records);
  for (const std::uint32_t line : read.lines) out.places.push_back(fmt::format("line {}", line));
  return out;
}

void say_where(const RecordFile& file, const std::string& path, std::vector<Error>& faults) {
  for (Error& fault : faults) {
    std::size_t index = 0;
    const char* end = fault.field.data() + fault.field.size();
    if (!fault.field.starts_with('/')) continue;
    const auto read = std::from_chars(fault.field.data() + 1, end, index);
    if (read.ec != std::errc() || index >= file.places.size()) continue;
    fault.detail = joined(
        joined(file.places[index], without_slash(std::string_view(read.ptr, end))), fault.detail);
  }
  faults = in_file(path, std::move(faults));
}

}  // namespace tiebeam
