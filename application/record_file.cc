#include "application/record_file.h"

#include <fmt/format.h>

#include <filesystem>

#include "application/small_file.h"
#include "base/text.h"
#include "model/record_csv.h"
#include "model/record_json.h"

namespace tiebeam {
namespace {

constexpr std::size_t kLargestFile = std::size_t{64} << 20;

std::unexpected<std::vector<Error>> refused(Error error) {
  return std::unexpected(std::vector<Error>{std::move(error)});
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
         .field = {}});
  }
  std::vector<Record> out;
  std::vector<Error> faults;
  for (const Json& item : *items) {
    ReadRecord read = read_record(type, item, fresh(type));
    for (Error& fault : read.faults) {
      fault.detail = fmt::format("record {}{}", out.size() + 1, fault.field);
      faults.push_back(std::move(fault));
    }
    if (read.record.id().empty()) read.record.values[kIdField] = slugify(read.record.name());
    out.push_back(std::move(read.record));
  }
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
  const std::string_view body = trim(*text);
  RecordFile out{type, {}};
  if (body.starts_with('[') || body.starts_with('{')) {
    auto records = read_json_records(**described, body);
    if (!records) return std::unexpected(std::move(records).error());
    out.records = *std::move(records);
    return out;
  }
  ReadRecords read = read_csv(**described, *text);
  if (!read.faults.empty()) return std::unexpected(std::move(read.faults));
  out.records = std::move(read.records);
  return out;
}

}  // namespace tiebeam
