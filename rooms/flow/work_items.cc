#include "rooms/flow/work_items.h"

#include "rooms/flow/engine/walk.h"

namespace tiebeam::flow {
namespace {

// The newest title each item has, by its id in the fact table's item column.
std::vector<std::string_view> titles_by_item(const FlowLog& log) {
  std::vector<std::string_view> out;
  if (!log.facts) return out;
  const Column& item = log.facts->column("item");
  const Column& title = log.facts->column("title");
  out.resize(item.names.size());
  for (std::size_t row = 0; row < log.facts->rows(); ++row) {
    if (title.narrow[row] != 0) out[item.narrow[row]] = title.names.name(title.narrow[row]);
  }
  return out;
}

std::optional<Instant> instant_or_none(std::int64_t micros) {
  if (micros == kMissing) return std::nullopt;
  return Instant{Micros{micros}};
}

}  // namespace

std::vector<Record> work_items(const Snapshot& snapshot) {
  const FlowLog log = read_log(snapshot, resolve_as_of(snapshot, std::nullopt));
  const Walked walked = walk(log);
  const auto titles = titles_by_item(log);
  std::vector<Record> out;
  out.reserve(log.items.size());
  for (std::size_t i = 0; i < log.items.size(); ++i) {
    const Item& item = log.items[i];
    WorkItem record;
    record.key = log.key_of(item);
    record.id = slugify(record.key);
    const std::uint32_t fact_item =
        log.facts ? log.facts->column("item").names.find(record.key) : 0;
    if (fact_item != 0) record.title = titles[fact_item];
    record.name = record.title.empty() ? record.key : record.title;
    if (item.import < snapshot.imports.size()) record.source = snapshot.imports[item.import].format;
    record.type = item.type;
    record.value_stream = Id<"value_stream">(log.streams[item.stream].id);
    record.created = instant_or_none(item.created);
    record.done = instant_or_none(walked.items[i].finish);
    out.push_back(to_record(record));
  }
  std::ranges::sort(out, [](const Record& a, const Record& b) {
    return std::tie(a.id(), std::get<std::string>(a.values[kBaseFields])) <
           std::tie(b.id(),
                    std::get<std::string>(b.values[kBaseFields]));  // the slug, then the key
  });
  const auto repeats = std::ranges::unique(out, {}, &Record::id);
  out.erase(repeats.begin(), repeats.end());
  return out;
}

std::size_t work_item_count(const Snapshot& snapshot) {
  return read_log(snapshot, resolve_as_of(snapshot, std::nullopt)).items.size();
}

}  // namespace tiebeam::flow
