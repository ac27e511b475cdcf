#include "ingest/xes.h"

#include "ingest/test_support.h"

namespace tiebeam::ingest {
namespace {

std::string event(std::string_view name, std::string_view at, std::string_view more = "") {
  return "<event><string key=\"concept:name\" value=\"" + std::string(name) +
         "\"/><date key=\"time:timestamp\" value=\"" + std::string(at) + "\"/>" +
         std::string(more) + "</event>\n";
}
std::string trace(std::string_view name, std::string_view events) {
  return "<trace>\n<string key=\"concept:name\" value=\"" + std::string(name) + "\"/>\n" +
         std::string(events) + "</trace>\n";
}
std::string log(std::string_view traces) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<log "
         "xmlns=\"http://www.xes-standard.org/\">\n"
         "<global scope=\"event\"><string key=\"concept:name\" value=\"UNKNOWN\"/></global>\n"
         "<string key=\"concept:name\" value=\"a log\"/>\n" +
         std::string(traces) + "</log>\n";
}
std::string lifecycle(std::string_view value) {
  return "<string key=\"lifecycle:transition\" value=\"" + std::string(value) + "\"/>";
}

TEST(Xes, TracesAreItemsAndEventsTheirTransitions) {
  const std::string text =
      log(trace("1-23", event("Open", "2026-01-01T10:00:00+01:00",
                              "<string key=\"org:group\" value=\"R &amp; D\"><string "
                              "key=\"concept:name\" value=\"nested\"/></string>"
                              "<string key=\"org:resource\" value=\"Ann\"/>") +
                            event("Done", "2026-01-02T10:00:00.5Z")));
  for (const std::size_t block : {1u, 7u, 100u, 1u << 20}) {
    Options options;
    options.block_bytes = block;
    const Batch batch = value_of(read_text(text, options));
    EXPECT_EQ(batch.format, "xes");
    EXPECT_EQ(events_of(batch), (std::vector<std::string>{"1-23 2026-01-01T09:00:00Z Open",
                                                          "1-23 2026-01-02T10:00:00.5Z Done"}));
    EXPECT_EQ(text_at(batch.tables[0], "team", 0), "R & D");
    EXPECT_EQ(text_at(batch.tables[0], "assignee", 0), "Ann");
    EXPECT_EQ(batch.tables[0].line, (std::vector<std::uint32_t>{7, 8}));
  }
}

TEST(Xes, TheStateTakesTheLifecycleWhereItTellsMore) {
  const std::string plain =
      log(trace("1", event("A", "2026-01-01T00:00Z", lifecycle("start")) +
                         event("A", "2026-01-02T00:00Z", lifecycle("COMPLETE"))));
  const std::string rich =
      log(trace("1", event("A", "2026-01-01T00:00Z", lifecycle("In Progress")) +
                         event("B", "2026-01-02T00:00Z")));
  const auto states = [](const std::string& text, std::string_view from) {
    Options options;
    options.state_from = from;
    std::string out;
    const auto read = read_text(text, options);
    if (!read) return read.error().error.code;
    for (std::size_t row = 0; row < read->tables[0].rows(); ++row)
      out += text_at(read->tables[0], "state", row) + " ";
    return out;
  };
  EXPECT_EQ(states(plain, ""), "A A ");
  EXPECT_EQ(states(rich, ""), "A+In Progress B ");
  EXPECT_EQ(states(rich, "name"), "A B ");
  EXPECT_EQ(states(plain, "name+lifecycle"), "A+start A+COMPLETE ");
  EXPECT_EQ(states(plain, "names"), "ingest.bad_option");
}

TEST(Xes, EventsOfOneInstantKeepTheOrderOfTheTrace) {
  const Batch batch = value_of(read_text(
      log(trace("1", event("A", "2026-01-01T00:00Z") + event("B", "2026-01-01T00:00Z") +
                         event("C", "2026-01-01T00:00Z") + event("D", "2026-01-02T00:00Z")))));
  EXPECT_EQ(batch.tables[0].column("seq").wide, (std::vector<std::int64_t>{0, 1, 2, 0}));
}

TEST(Xes, TracesWithoutEventsAreSaid) {
  const Batch batch =
      value_of(read_text(log(trace("1", "") + trace("2", event("A", "2026-01-01T00:00Z")) +
                             trace("3", "") + event("loose", "2026-01-01"))));
  EXPECT_EQ(batch.accepted, 1);
  EXPECT_TRUE(says(batch.warnings, "2 traces have no events"));
  EXPECT_TRUE(says(batch.warnings, "1 event is in no trace"));
  EXPECT_EQ(value_of(read_text(log(""))).accepted, 0) << "a log without traces is empty, not wrong";
}

TEST(Xes, EventsWithoutNameOrTimeAreRejected) {
  const auto read =
      read_text(log(trace("1",
                          "<event><string key=\"concept:name\" value=\"A\"/></event><event><date "
                          "key=\"time:timestamp\" value=\"2026-01-01T00:00Z\"/></event>" +
                              event("B", "1970-01-01T00:00:00+01:00")) +
                    "<trace>" + event("A", "2026-01-01T00:00Z") + "</trace>"));
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().rejected, 4);
  EXPECT_EQ(read.error().rejects[0].column, "time:timestamp");
  EXPECT_EQ(read.error().rejects[1].column, "concept:name");
  EXPECT_EQ(read.error().rejects[2].expected, "a date from 1990 to 2100");
}

TEST(Xes, ExactRepeatsWithinATraceAreDropped) {
  const std::string one = event("A", "2026-01-01T00:00Z");
  const Batch batch = value_of(read_text(log(trace("1", one + one) + trace("2", one))));
  EXPECT_EQ(batch.accepted, 2);
  EXPECT_EQ(batch.repeated, 1);
}

TEST(Xes, BombsExternalEntitiesAndOtherXmlAreRefused) {
  EXPECT_EQ(
      code_of(read_text("<!DOCTYPE lolz [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;\">]>" + log(""))),
      "ingest.doctype");
  EXPECT_EQ(code_of(read_text("<!DOCTYPE log SYSTEM \"http://example.com/x.dtd\">" + log(""))),
            "ingest.doctype");
  EXPECT_EQ(code_of(read_text(log(trace("&xxe;", "")))), "ingest.bad_xml");
  EXPECT_EQ(code_of(read_text("<table><tr/></table>")), "ingest.not_xes");
  EXPECT_EQ(code_of(read_text("<?xml version=\"1.0\"?>\n<!-- cut off here -->\n")),
            "ingest.truncated");
  EXPECT_EQ(code_of(read_text(log(trace("1", "")).substr(0, 250))), "ingest.truncated");
  std::string nested = "<log>";
  for (int i = 0; i < 100; ++i) nested += "<list>";
  EXPECT_EQ(code_of(read_text(nested)), "ingest.bad_xml");
}

TEST(Xes, ReadsGzipAndTheRealLogOfClosedProblems) {
  EXPECT_EQ(value_of(read_text(gzipped(log(trace("1", event("A", "2026-01-01T00:00Z")))))).accepted,
            1);
  const std::string path =
      TIEBEAM_SOURCE_DIR "/../shared/data/bpic2013/bpic2013_closed_problems.xes.gz";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "the log is not here";
  const Batch batch = value_of(read_file(path, {}));
  EXPECT_EQ(batch.accepted, 6660);
  EXPECT_EQ(batch.tables[0].column("item").names.size() - 1, 1487u);
  ASSERT_EQ(batch.states.size(), 7u);
  EXPECT_EQ(batch.states[0].state, "Accepted+In Progress");
  EXPECT_EQ(batch.states[0].events, 3066);
  EXPECT_EQ(batch.states[4].state, "Accepted+Wait");
  EXPECT_TRUE(says(batch.statements, "the state is name+lifecycle"));
}
}  // namespace
}  // namespace tiebeam::ingest
