#include "bench/flow/columns_file.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

#include "model/state_map_toml.h"

namespace tiebeam::bench {
namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;
File open_file(const std::string& path, const char* mode) {
  File file(std::fopen(path.c_str(), mode), &std::fclose);
  if (file) return file;
  fmt::print(stderr, "error: cannot open {}\n", path);
  std::exit(3);
}

struct StoredRow {
  std::int64_t at;
  std::uint32_t item;
  std::uint16_t person;
  std::uint8_t team, state;
};
static_assert(sizeof(StoredRow) == 16);

}  // namespace

flow::live::EventColumns TypedLog::columns() const {
  using flow::live::Numbers;
  return {Numbers(item),
          Numbers(state),
          Numbers(team),
          Numbers(person),
          Numbers(flag),
          Numbers(at),
          Numbers(seq),
          items + 1U,
          kStates.size() + 1,
          kTeams + 1U,
          kTeams * kPeopleATeam + 1U};
}

std::size_t TypedLog::bytes() const {
  return item.bytes() + state.bytes() + team.bytes() + person.bytes() + flag.bytes() + at.bytes() +
         seq.bytes();
}

void TypedLog::append(const TypedLog& other, std::size_t first, std::size_t end) {
  const auto copy = [&]<class T>(PackedVector<T>& to, const PackedVector<T>& from) {
    std::vector<T> some(end - first);
    from.read(first, some);
    to.append(some);
  };
  copy(item, other.item), copy(state, other.state), copy(team, other.team);
  copy(person, other.person), copy(flag, other.flag);
  copy(at, other.at), copy(seq, other.seq);
  items = other.items;
}

void write_columns(const GeneratedLog& log, const std::string& path) {
  std::vector<std::uint32_t> number(log.items, 0);
  std::uint32_t items = 0;
  const File file = open_file(path, "wb");
  std::vector<StoredRow> block;
  const auto flush = [&] {
    if (std::fwrite(block.data(), sizeof(StoredRow), block.size(), file.get()) != block.size())
      std::exit(3);
    block.clear();
  };
  for (const GeneratedRow& row : log.rows) {
    std::uint32_t& item = number[row.item];
    if (item == 0) item = ++items;
    block.push_back({row.at, item, static_cast<std::uint16_t>(row.person + 1),
                     static_cast<std::uint8_t>(row.team + 1),
                     static_cast<std::uint8_t>(row.state + 1)});
    if (block.size() == 65536) flush();
  }
  flush();
}

TypedLog read_columns(const std::string& path) {
  const File file = open_file(path, "rb");
  TypedLog out;
  std::fseek(file.get(), 0, SEEK_END);
  const auto rows = static_cast<std::size_t>(std::ftell(file.get())) / sizeof(StoredRow);
  std::rewind(file.get());
  std::vector<StoredRow> block(65536);
  std::vector<std::uint32_t> item, person, team, state;
  std::vector<std::int64_t> at;
  for (std::size_t done = 0; done < rows; done += block.size()) {
    block.resize(std::min(block.size(), rows - done));
    if (std::fread(block.data(), sizeof(StoredRow), block.size(), file.get()) != block.size())
      std::exit(3);
    item.clear(), person.clear(), team.clear(), state.clear(), at.clear();
    for (const StoredRow& row : block) {
      item.push_back(row.item), person.push_back(row.person), team.push_back(row.team);
      state.push_back(row.state), at.push_back(row.at);
      out.items = std::max(out.items, row.item);
    }
    out.item.append(item), out.person.append(person), out.team.append(team);
    out.state.append(state), out.at.append(at);
    if (done == 0) {
      out.item.reserve(rows), out.person.reserve(rows), out.team.reserve(rows);
      out.state.reserve(rows), out.at.reserve(rows);
    }
  }
  out.flag.append(rows, 0), out.seq.append(rows, 0);
  return out;
}

void write_typed_csv(const TypedLog& log, const std::string& path) {
  const File file = open_file(path, "wb");
  std::string block = "row,item,stamp,state,team\n";
  const std::size_t rows = log.at.size();
  for (std::size_t row = 0; row < rows; ++row) {
    fmt::format_to(std::back_inserter(block), "{},{},{},{},{}\n", row, log.item[row], log.at[row],
                   log.state[row], log.team[row]);
    if (block.size() < (1U << 20) && row + 1 < rows) continue;
    if (std::fwrite(block.data(), 1, block.size(), file.get()) != block.size()) std::exit(3);
    block.clear();
  }
}

flow::live::MapRules generated_rules() {
  flow::ResolvedMap map;
  map.map = *parse_state_map(state_map());
  map.meaning.push_back(flow::Meaning::unknown);
  map.stage.push_back(-1);
  for (const GeneratedState& state : kStates) {
    map.meaning.push_back(static_cast<flow::Meaning>(*map.map.class_of(state.name)));
    map.stage.push_back(map.map.stage_of(state.name));
  }
  return flow::live::MapRules(map);
}

}  // namespace tiebeam::bench
