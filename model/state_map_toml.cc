#include "model/state_map_toml.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"

// Header-only and without exceptions: a fault is a value here too.
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

namespace tiebeam {
namespace {
constexpr int kMostGraceDays = 3650;

std::vector<std::string_view> class_names() {
  std::vector<std::string_view> names;
  for (int i = 0; i < kStateClasses; ++i)
    names.push_back(state_class_name(static_cast<StateClass>(i)));
  return names;
}

// Reads one document, collecting every fault.
class Reader {
 public:
  void read(const toml::table& document) {
    for (const auto& [key, node] : document) {
      if (key == "order") {
        read_order(node);
      } else if (key == "states") {
        read_table(node, key, [this](const toml::key& name, const toml::node& value) {
          read_state(name, value);
        });
      } else if (key == "policy") {
        read_table(node, key, [this](const toml::key& name, const toml::node& value) {
          read_policy(name, value);
        });
      } else if (key == "party") {
        read_table(node, key, [this](const toml::key& name, const toml::node& value) {
          read_party(name, value);
        });
      } else {
        unknown_key(key, {"order", "states", "policy", "party"});
      }
    }
    if (map.states.empty() && faults.empty())
      add(0, "state_map.no_states", "the state map has no states",
          "add [states] with lines such as \"In Progress\" = \"active\"", "/states");
    std::ranges::sort(map.party);
    std::ranges::sort(map.states);
    std::ranges::sort(faults, {},
                      [](const Fault& each) { return std::pair(each.line, each.number); });
  }

  struct Fault {
    std::uint32_t line;
    std::size_t number;
    Error error;
  };
  StateMap map;
  std::vector<Fault> faults;

 private:
  void add(std::uint32_t line, std::string code, std::string message, std::string hint,
           std::string field) {
    if (line > 0) message = fmt::format("line {}: {}", line, message);
    faults.push_back({line,
                      faults.size(),
                      {Kind::invalid,
                       std::move(code),
                       std::move(message),
                       {},
                       std::move(hint),
                       std::move(field)}});
  }
  void bad_value(const toml::node& node, std::string_view what, std::string_view hint,
                 std::string field) {
    add(node.source().begin.line, "state_map.bad_value", std::string(what), std::string(hint),
        std::move(field));
  }
  void unknown_key(const toml::key& key, const std::vector<std::string_view>& known) {
    add(key.source().begin.line, "state_map.unknown_key",
        fmt::format("'{}' is not part of a state map{}", shown(key.str()),
                    did_you_mean(key.str(), known)),
        fmt::format("use one of: {}", fmt::join(known, ", ")), fmt::format("/{}", key.str()));
  }

  template <class F>
  void read_table(const toml::node& node, const toml::key& name, F each) {
    const toml::table* table = node.as_table();
    if (!table)
      return bad_value(node, fmt::format("'{}' is not a table", name.str()),
                       fmt::format("write it as [{}]", name.str()), fmt::format("/{}", name.str()));
    for (const auto& [key, value] : *table) each(key, value);
  }

  void read_order(const toml::node& node) {
    const toml::array* list = node.as_array();
    if (!list)
      return bad_value(node, "'order' is not a list", "write it as order = [\"New\", \"Active\"]",
                       "/order");
    for (const toml::node& each : *list) {
      const auto stage = each.value<std::string>();
      if (!each.is_string() || !stage) {
        bad_value(each, "a stage in 'order' is not text", "put the name of the state in quotes",
                  "/order");
      } else if (std::ranges::find(map.order, *stage) != map.order.end()) {
        bad_value(each, fmt::format("'{}' stands twice in 'order'", shown(*stage)),
                  "name each stage once", "/order");
      } else {
        map.order.push_back(*stage);
      }
    }
  }

  void read_state(const toml::key& name, const toml::node& value) {
    const std::string field = fmt::format("/states/{}", name.str());
    const auto given = value.value<std::string>();
    if (!value.is_string() || !given)
      return bad_value(value, fmt::format("the class of '{}' is not text", shown(name.str())),
                       fmt::format("use one of: {}", fmt::join(class_names(), ", ")), field);
    const auto names = class_names();
    const auto found = std::ranges::find(names, std::string_view(*given));
    if (found == names.end())
      return add(value.source().begin.line, "state_map.unknown_class",
                 fmt::format("'{}' is not a class of states{}", shown(*given),
                             did_you_mean(*given, names)),
                 fmt::format("use one of: {}", fmt::join(names, ", ")), field);
    map.states.emplace_back(std::string(name.str()),
                            static_cast<StateClass>(found - names.begin()));
  }

  void read_policy(const toml::key& name, const toml::node& value) {
    if (name == "finish") {
      const auto given = value.value<std::string>().value_or("");
      if (given != "last_done" && given != "first_done")
        return bad_value(value,
                         fmt::format("'{}' is not a finish policy{}", shown(given),
                                     did_you_mean(given, {"last_done", "first_done"})),
                         "use last_done or first_done", "/policy/finish");
      map.finish = given == "last_done" ? FinishPolicy::last_done : FinishPolicy::first_done;
    } else if (name == "reopen_grace_days") {
      const auto* days = value.as_integer();
      if (!days || **days < 0 || **days > kMostGraceDays)
        return bad_value(value, "'reopen_grace_days' is not a whole number of days from 0 to 3650",
                         "write reopen_grace_days = 7", "/policy/reopen_grace_days");
      map.reopen_grace_days = static_cast<int>(**days);
    } else {
      unknown_key(name, {"finish", "reopen_grace_days"});
    }
  }

  void read_party(const toml::key& name, const toml::node& value) {
    const auto party = value.value<std::string>();
    if (!value.is_string() || !party || party->empty())
      return bad_value(
          value, fmt::format("the party that '{}' waits for is not text", shown(name.str())),
          "write \"Awaiting Vendor\" = \"vendor\"", fmt::format("/party/{}", name.str()));
    map.party.emplace_back(std::string(name.str()), *party);
  }
};

// A basic string of TOML.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      out += fmt::format("\\u{:04X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    } else {
      out += c;
    }
  }
  return out + '"';
}
}  // namespace

std::expected<StateMap, std::vector<Error>> parse_state_map(std::string_view toml) {
  const toml::parse_result document = toml::parse(toml);
  if (!document) {
    const toml::parse_error& fault = document.error();
    return std::unexpected(
        std::vector{Error{Kind::invalid,
                          "state_map.not_toml",
                          fmt::format("line {}: this is not TOML: {}", fault.source().begin.line,
                                      shown(fault.description(), 200)),
                          {},
                          "put names and classes in quotes: \"In Progress\" = \"active\"",
                          {}}});
  }
  Reader reader;
  reader.read(document.table());
  if (!reader.faults.empty()) {
    std::vector<Error> faults;
    for (auto& each : reader.faults) faults.push_back(std::move(each.error));
    return std::unexpected(std::move(faults));
  }
  reader.map.version = state_map_version(reader.map);
  return std::move(reader.map);
}

std::string to_toml(const StateMap& map) {
  std::string out;
  if (!map.order.empty()) {
    std::vector<std::string> stages;
    for (const std::string& stage : map.order) stages.push_back(quoted(stage));
    out += fmt::format("order = [{}]\n\n", fmt::join(stages, ", "));
  }
  out += "[states]\n";
  auto states = map.states;
  std::ranges::sort(states);
  for (const auto& [name, meaning] : states)
    out += fmt::format("{} = \"{}\"\n", quoted(name), state_class_name(meaning));
  out += fmt::format("\n[policy]\nfinish = \"{}\"\nreopen_grace_days = {}\n",
                     map.finish == FinishPolicy::last_done ? "last_done" : "first_done",
                     map.reopen_grace_days);
  if (map.party.empty()) return out;
  out += "\n[party]\n";
  auto parties = map.party;
  std::ranges::sort(parties);
  for (const auto& [state, party] : parties)
    out += fmt::format("{} = {}\n", quoted(state), quoted(party));
  return out;
}

std::string state_map_version(const StateMap& map) {
  return to_hex(sha256(to_toml(map))).substr(0, 12);
}

}  // namespace tiebeam
