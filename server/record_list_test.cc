#include "server/record_list.h"

#include <gtest/gtest.h>

namespace tiebeam::server {
namespace {

struct Guess : RecordBase {
  std::optional<Estimate> cost;
};

}  // namespace
}  // namespace tiebeam::server
template <>
struct tiebeam::Describe<tiebeam::server::Guess> {
  static constexpr std::string_view name = "guess", title = "Guess", plural = "guesses",
                                    help = "What something costs.";
  static constexpr auto fields =
      std::tuple{field("cost", &tiebeam::server::Guess::cost, {.help = "a range"})};
};
namespace tiebeam::server {
namespace {

Record guess(std::string id, std::optional<std::string> cost) {
  Guess out;
  out.id = id;
  out.name = std::move(id);
  if (cost) out.cost = *parse_estimate(*cost);
  return to_record(out);
}

TEST(RecordList, EstimatesAreSortedByTheirMiddle) {
  const RecordType type = describe_record<Guess>("test");
  const std::vector<Record> all = {guess("a", "100..120"), guess("b", "20..30"), guess("c", "9"),
                                   guess("d", {}), guess("e", "5..500")};
  const auto sorted = [&](bool is_falling) {
    ListRequest wanted;
    wanted.limit = 10;
    wanted.sort = type.index_of("cost");
    wanted.is_falling = is_falling;
    std::string out;
    for (const Record* each : list_page(type, all, wanted).records) out += each->id();
    return out;
  };
  EXPECT_EQ(sorted(false), "cbead") << "one that is not given comes last";
  EXPECT_EQ(sorted(true), "aebcd");
}

}  // namespace
}  // namespace tiebeam::server
