// The API as a program meets it, without sockets: routes, records, caching, conflicts, keys.
#include "server/site.h"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <set>
#include <thread>

#include "application/organisations.h"
#include "base/test_support.h"
#include "base/text.h"
#include "server/openapi.h"
#include "server/wire.h"

namespace tiebeam::server {
namespace {

// One family with one figure: how many people are on record.
FigureFamily people_family() {
  FigureFamily family;
  family.name = "test";
  family.figures = {{"test.people",
                     "People on record",
                     "people",
                     "count of people",
                     "docs/method/brief.md",
                     1,
                     {}}};
  family.compute = [](const FigureBook& book) {
    Figure figure;
    figure.key = "test.people";
    figure.label = "People on record";
    figure.unit = "people";
    figure.value = static_cast<double>(book.snapshot().of("person").size());
    return std::vector<Figure>{figure};
  };
  family.evidence = [](const FigureBook& book, std::string_view /*key*/, std::size_t offset,
                       std::size_t limit) {
    std::vector<Evidence> out;
    const auto& people = book.snapshot().of("person");
    for (std::size_t i = offset; i < people.size() && out.size() < limit; ++i)
      out.push_back({"person/" + people[i].id(), 1.0, "on record", {}});
    return out;
  };
  return family;
}

class SiteTest : public testing::Test {
 protected:
  void SetUp() override {
    table_.figures.add(people_family());
    // A site without the value streams that a team belongs to: teams are not asked for here.
    make("alpha");
    open();
  }
  void make(const std::string& id) {
    auto made = create_organisation(table_, folder_.path(),
                                    {.id = id,
                                     .name = id + " Ltd",
                                     .zone = "UTC",
                                     .currency = "EUR",
                                     .actor = "test",
                                     .at = Instant{}});
    ASSERT_TRUE(made) << made.error().message;
  }
  void open() {
    site_.reset();
    auto site = Site::create(table_, {.data = folder_.path(),
                                      .spool = folder_ / ".spool/test",
                                      .actor = "test",
                                      .version = "0",
                                      .now = [this] { return Instant{Micros{++clock_}}; },
                                      .log = {},
                                      .tidy = {},
                                      .warm = 0});
    ASSERT_TRUE(site) << site.error().message;
    site_ = *std::move(site);
    site_->listens_on(8460, {});
  }

  Response ask(Method method, const std::string& target, const std::string& body = {},
               Pairs headers = {}) {
    Request request;
    request.method = method;
    request.target = target;
    request.headers = {{"host", "127.0.0.1:8460"}};
    if (!body.empty()) request.headers.emplace_back("content-type", "application/json");
    for (auto& each : headers) {
      std::erase_if(request.headers, [&](const auto& held) { return held.first == each.first; });
      request.headers.push_back(std::move(each));
    }
    request.body = body;
    request.id = "req_test";
    EXPECT_TRUE(read_target(request)) << target;
    return site_->answer(request);
  }
  Response get(const std::string& rest, Pairs headers = {}) {
    return ask(Method::get, "/api/v1/orgs/alpha" + rest, {}, std::move(headers));
  }
  Response post(const std::string& rest, const std::string& body, Pairs headers = {}) {
    return ask(Method::post, "/api/v1/orgs/alpha" + rest, body, std::move(headers));
  }
  static Json json(const Response& response) {
    auto parsed = parse_json(response.body.bytes);
    EXPECT_TRUE(parsed) << response.body.bytes;
    return parsed ? *std::move(parsed) : Json();
  }
  static std::string text(const Json& json, std::string_view key) {
    const Json* held = json.find(key);
    return held && held->if_string() ? *held->if_string() : "";
  }
  static std::int64_t number(const Json& json, std::string_view key) {
    const Json* held = json.find(key);
    return held && held->if_integer() ? *held->if_integer() : -1;
  }

  // A file that goes to disk on its way, as a listener puts it there.
  Response send_file(const std::string& name, Pairs headers) {
    Request request;
    request.method = Method::post;
    request.target = "/api/v1/orgs/alpha/uploads?name=a.csv";
    request.headers = std::move(headers);
    request.headers.emplace_back("host", "127.0.0.1:8460");
    request.headers.emplace_back("content-type", "application/octet-stream");
    request.body_file = folder_ / (".spool/" + name);
    std::ofstream(request.body_file) << "item,at,state\n";
    EXPECT_TRUE(read_target(request));
    return site_->answer(request);
  }
  // Every fault says what was found, what was expected and what to do.
  static void expect_whole_faults(const Response& refused) {
    const Json body = json(refused);
    const Json* faults = body.find("errors");
    ASSERT_TRUE(faults && faults->if_array() && !faults->if_array()->empty()) << refused.body.bytes;
    for (const Json& fault : *faults->if_array()) {
      for (const char* name : {"found", "expected", "hint"})
        EXPECT_FALSE(text(fault, name).empty()) << name << ": " << refused.body.bytes;
    }
    EXPECT_FALSE(text(body, "instance").empty()) << refused.body.bytes;
  }

  TestFolder folder_;
  Table table_;
  std::atomic<std::int64_t> clock_ = 0;
  std::unique_ptr<Site> site_;
};

TEST_F(SiteTest, EveryRouteIsDocumentedAndEveryDocumentedRouteAnswers) {
  const Response answer = ask(Method::get, "/api/v1/openapi.json");
  ASSERT_EQ(answer.status, 200);
  const Json document = json(answer);
  EXPECT_EQ(text(document, "openapi"), "3.1.0");
  std::set<std::pair<std::string, std::string>> documented;
  for (const auto& [path, verbs] : *document.find("paths")->if_object()) {
    for (const auto& [verb, operation] : *verbs.if_object()) {
      documented.emplace(path, verb);
      EXPECT_FALSE(text(operation, "operationId").empty()) << path;
      EXPECT_FALSE(text(operation, "summary").empty()) << path;
    }
  }
  std::set<std::pair<std::string, std::string>> mounted;
  for (const Route& route : site_->router().routes())
    mounted.emplace(route.path, to_lower_ascii(method_name(route.method)));
  EXPECT_EQ(documented, mounted);
  for (const auto& [path, verb] : documented) {
    std::vector<std::string> segments{"api", "v1"};
    for (const auto part : split_at(std::string_view(path).substr(1), '/'))
      segments.emplace_back(part.starts_with('{') ? "x" : part);
    const Method method = verb == "get"    ? Method::get
                          : verb == "post" ? Method::post
                          : verb == "put"  ? Method::put
                                           : Method::del;
    EXPECT_NE(site_->router().find(method, segments).route, nullptr) << verb << " " << path;
  }
}

TEST_F(SiteTest, ARecordIsAddedShownReplacedAndRemoved) {
  const Response added =
      post("/records/person", R"({"name":"Ann Berg","side":"business","influence":7})");
  ASSERT_EQ(added.status, 201) << added.body.bytes;
  EXPECT_TRUE(added.header("ETag").starts_with("\"1-")) << added.header("ETag");
  EXPECT_EQ(added.header("Location"), "/api/v1/orgs/alpha/records/person/ann-berg");
  EXPECT_EQ(text(json(added), "id"), "ann-berg");

  const Response replaced =
      ask(Method::put, "/api/v1/orgs/alpha/records/person/ann-berg",
          R"({"name":"Ann Berg","role":"COO"})", {{"if-match", std::string(added.header("ETag"))}});
  ASSERT_EQ(replaced.status, 200) << replaced.body.bytes;
  EXPECT_TRUE(replaced.header("ETag").starts_with("\"2-")) << replaced.header("ETag");
  EXPECT_EQ(get("/records/person/ann-berg").header("ETag"), replaced.header("ETag"));
  EXPECT_EQ(text(json(replaced), "role"), "COO");
  EXPECT_TRUE(json(replaced).find("influence")->is_null()) << "what was not sent is cleared";

  EXPECT_EQ(
      ask(Method::del, "/api/v1/orgs/alpha/records/person/ann-berg", {}, {{"if-match", "\"2\""}})
          .status,
      204);
  EXPECT_EQ(get("/records/person/ann-berg").status, 404);
}

TEST_F(SiteTest, HistoryTellsEachChangeAndAnUndoTakesItBack) {
  ASSERT_EQ(post("/records/person", R"({"name":"Ann"})").status, 201);
  ASSERT_EQ(
      ask(Method::put, "/api/v1/orgs/alpha/records/person/ann", R"({"name":"Ann B."})").status,
      200);
  const Json history = json(get("/records/person/ann/history"));
  const auto& entries = *history.find("entries")->if_array();
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(text(entries[0], "op"), "set");
  EXPECT_EQ(text(entries[1], "op"), "add");
  const Response undone =
      post("/journal/" + std::to_string(number(entries[0], "seq")) + "/undo", {});
  ASSERT_EQ(undone.status, 200) << undone.body.bytes;
  EXPECT_EQ(text(json(get("/records/person/ann")), "name"), "Ann");
}

TEST_F(SiteTest, WhoeverWasSlowerGetsBothVersions) {
  ASSERT_EQ(post("/records/person", R"({"name":"Ann"})").status, 201);
  const std::string one = "/api/v1/orgs/alpha/records/person/ann";
  ASSERT_EQ(ask(Method::put, one, R"({"name":"Ann","role":"COO"})", {{"if-match", "\"1\""}}).status,
            200);
  const Response late =
      ask(Method::put, one, R"({"name":"Ann","role":"CFO"})", {{"if-match", "\"1\""}});
  ASSERT_EQ(late.status, 412);
  EXPECT_EQ(late.type, "application/problem+json");
  EXPECT_EQ(text(*json(late).find("current"), "role"), "COO");
  EXPECT_EQ(text(*json(late).find("yours"), "role"), "CFO");
  EXPECT_EQ(text(json(get("/records/person/ann")), "role"), "COO");
  EXPECT_EQ(ask(Method::del, one, {}, {{"if-match", "\"1\""}}).status, 412);
  const Response soon = ask(Method::put, one, R"({"name":"x"})", {{"if-match", "soon"}});
  EXPECT_EQ(soon.status, 400);
  expect_whole_faults(soon);
  expect_whole_faults(late);
  EXPECT_EQ(text(json(late), "current_etag"), get("/records/person/ann").header("ETag"));
}

TEST_F(SiteTest, AnEtagIsOfOneStateAlsoWhereTheVersionIsTheSame) {
  const std::string one = "/api/v1/orgs/alpha/records/person/ann";
  const std::string first(post("/records/person", R"({"name":"Ann","role":"COO"})").header("ETag"));
  ASSERT_EQ(ask(Method::del, one, {}, {{"if-match", first}}).status, 204);
  const Response again = post("/records/person", R"({"name":"Ann","role":"CFO"})");
  ASSERT_EQ(again.status, 201);
  EXPECT_NE(again.header("ETag"), first);
  const Pairs seen = {{"if-match", first}};
  EXPECT_EQ(ask(Method::put, one, R"({"name":"Ann"})", seen).status, 412);
  EXPECT_EQ(ask(Method::del, one, {}, seen).status, 412);
  const std::string forged = "\"" + std::to_string(number(json(again), "version")) + "-00000000\"";
  EXPECT_EQ(ask(Method::put, one, R"({"name":"Ann"})", {{"if-match", forged}}).status, 412);
  const Pairs now = {{"if-match", std::string(again.header("ETag"))}};
  EXPECT_EQ(ask(Method::put, one, R"({"name":"Ann"})", now).status, 200);
}

TEST_F(SiteTest, AnEtagMovesWithARecordThatFollowsFromOthers) {
  table_.derived.emplace(
      "calendar", Derived{.records =
                              [](const Snapshot& snapshot) {
                                WorkCalendar out;
                                out.id = "made";
                                out.name = std::to_string(snapshot.of("person").size()) + " people";
                                return std::vector<Record>{to_record(out)};
                              },
                          .count = [](const Snapshot& /*snapshot*/) { return std::size_t{1}; }});
  open();
  const Response before = get("/records/calendar/made");
  ASSERT_EQ(before.status, 200) << before.body.bytes;
  ASSERT_EQ(post("/records/person", R"({"name":"Ann"})").status, 201);
  const Response after = get("/records/calendar/made");
  EXPECT_EQ(number(json(after), "version"), 0);
  EXPECT_NE(after.header("ETag"), before.header("ETag"));
  EXPECT_EQ(ask(Method::put, "/api/v1/orgs/alpha/records/calendar/made", R"({"name":"Mine"})",
                {{"if-match", std::string(before.header("ETag"))}})
                .status,
            412);
}

TEST_F(SiteTest, ARecordIsFoundByItsKeyInWhateverIsAskedOfIt) {
  ASSERT_EQ(post("/records/person", R"({"name":"Ann","id":"inc0001"})").status, 201);
  const std::string one = "/api/v1/orgs/alpha/records/person/INC0001";
  EXPECT_EQ(ask(Method::get, one).status, 200);
  EXPECT_EQ(ask(Method::get, one + "/ties").status, 200);
  EXPECT_EQ(json(ask(Method::get, one + "/history")).find("entries")->if_array()->size(), 1u);
  const Response put = ask(Method::put, one, R"({"name":"Ann B.","id":"INC0001"})");
  EXPECT_EQ(put.status, 200) << put.body.bytes;
  EXPECT_EQ(text(json(put), "id"), "inc0001");
  EXPECT_EQ(ask(Method::del, one).status, 204);
  const Json gone = json(ask(Method::get, "/api/v1/orgs/alpha/records/person/inc0001/history"));
  EXPECT_EQ(gone.find("entries")->if_array()->size(), 3u) << "what is gone has its history";
  EXPECT_EQ(get("/records/person/never/history").status, 404);
  EXPECT_EQ(get("/records/nothing/x/history").status, 404);
}

TEST_F(SiteTest, AllFaultsOfAFormComeAtOnceEachWithItsPointer) {
  const Response refused =
      post("/records/person", R"({"influence":70,"side":"sideways","nme":"Ann","owner":"nobody"})");
  ASSERT_EQ(refused.status, 422);
  std::set<std::string> pointers;
  const Json problem = json(refused);
  for (const Json& fault : *problem.find("errors")->if_array())
    pointers.insert(text(fault, "pointer"));
  EXPECT_TRUE(pointers.contains("/nme")) << refused.body.bytes;
  const Response meaning = post(
      "/records/person", R"({"name":"Ann","influence":70,"side":"sideways","owner":"nobody"})");
  ASSERT_EQ(meaning.status, 422);
  pointers.clear();
  const Json second = json(meaning);
  for (const Json& fault : *second.find("errors")->if_array())
    pointers.insert(text(fault, "pointer"));
  EXPECT_EQ(pointers, (std::set<std::string>{"/influence", "/owner", "/side"}))
      << meaning.body.bytes;
  EXPECT_EQ(json(get("/records/person")).find("total")->if_integer()[0], 0) << "nothing half-done";
}

TEST_F(SiteTest, WhatIsNotJsonIsNotUnderstood) {
  EXPECT_EQ(post("/records/person", "{\"name\":").status, 400);
  EXPECT_EQ(post("/records/person", "[1,2]").status, 400);
  EXPECT_EQ(post("/records/person", R"({"name":"a","name":"b"})").status, 400);
}

TEST_F(SiteTest, ARepeatedKeyWritesOnceAlsoAfterARestart) {
  const Pairs key = {{"idempotency-key", "k-1"}};
  ASSERT_EQ(post("/records/person", R"({"name":"Ann"})", key).status, 201);
  const Response again = post("/records/person", R"({"name":"Ann"})", key);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(text(json(again), "id"), "ann");
  EXPECT_EQ(post("/records/person", R"({"name":"Bea"})", key).status, 422)
      << "a key is for one request";
  open();
  const Response restarted = post("/records/person", R"({"name":"Ann"})", key);
  EXPECT_EQ(restarted.status, 201);
  EXPECT_EQ(text(json(restarted), "id"), "ann");
  EXPECT_EQ(restarted.header("Location"), "/api/v1/orgs/alpha/records/person/ann");
  EXPECT_EQ(number(json(get("/records/person")), "total"), 1);
}

TEST_F(SiteTest, AKeyIsForOneRequestAlsoAfterARestart) {
  const Pairs key = {{"idempotency-key", "k-3"}};
  const std::string one = "/api/v1/orgs/alpha/records/person/ann";
  ASSERT_EQ(post("/records/person", R"({"name":"Ann"})", key).status, 201);
  open();
  for (const Response& other :
       {post("/records/person", R"({"name":"Bea"})", key), post("/records/link", "{}", key),
        ask(Method::put, one, R"({"name":"Ann"})", key), ask(Method::del, one, {}, key)}) {
    EXPECT_EQ(other.status, 422) << other.body.bytes;
    EXPECT_EQ(text(json(other), "code"), "http.key_reused");
    expect_whole_faults(other);
  }
  EXPECT_EQ(number(json(get("/records/person")), "total"), 1);
}

TEST_F(SiteTest, TheFirstAnswerComesAgainAfterARestartWhateverCameMeanwhile) {
  const std::string one = "/api/v1/orgs/alpha/records/person/ann";
  const auto send = [&](int step) {
    const Pairs key = {{"idempotency-key", "s-" + std::to_string(step)}};
    if (step == 0) return post("/records/person", R"({"name":"Ann"})", key);
    if (step == 1) return ask(Method::put, one, R"({"name":"Ann","role":"COO"})", key);
    return ask(Method::del, one, {}, key);
  };
  std::vector<Response> first;
  for (int step = 0; step < 3; ++step) first.push_back(send(step));
  ASSERT_EQ(post("/records/person", R"({"name":"Ann","role":"another"})").status, 201);
  open();
  for (int step = 0; step < 3; ++step) {
    const Response again = send(step);
    EXPECT_EQ(again.status, first[static_cast<std::size_t>(step)].status) << step;
    EXPECT_EQ(again.body.bytes, first[static_cast<std::size_t>(step)].body.bytes) << step;
    EXPECT_EQ(again.header("ETag"), first[static_cast<std::size_t>(step)].header("ETag")) << step;
  }
  EXPECT_EQ(text(json(get("/records/person/ann")), "role"), "another");
}

TEST_F(SiteTest, AWritingThatCameBeforeAnswersAsItDidThen) {
  table_.writings.push_back(
      {.room = "test",
       .name = "grow",
       .help = "One more person",
       .details = {},
       .options = {},
       .plan = [](const Asking& asking, const Writer& /*writer*/) -> Result<RecordPlan> {
         const auto count = asking.book->snapshot().of("person").size();
         Person one;
         one.id = one.name = "p-" + std::to_string(count);
         RecordPlan plan;
         plan.records.emplace_back("person", to_record(one));
         plan.answer.json = Json::object({{"made", one.id}});
         return plan;
       }});
  open();
  const Pairs key = {{"idempotency-key", "w-1"}};
  ASSERT_EQ(text(json(post("/test/grow", "{}", key)), "made"), "p-0");
  ASSERT_EQ(text(json(post("/test/grow", "{}")), "made"), "p-1");
  open();
  const Json again = json(post("/test/grow", "{}", key));
  EXPECT_EQ(text(again, "made"), "p-0");
  EXPECT_TRUE(*again.find("written")->find("repeated")->if_bool());
  EXPECT_EQ(number(json(get("/records/person")), "total"), 2);
}

TEST_F(SiteTest, EveryFaultOfAWritingIsAnEntryOfItsOwn) {
  table_.writings.push_back(
      {.room = "test",
       .name = "refuse",
       .help = "Refuses",
       .details = {},
       .options = {{.name = "--words", .takes = "WORDS", .help = "words", .choices = {}}},
       .plan = [](const Asking& /*asking*/, const Writer& /*writer*/) -> Result<RecordPlan> {
         RecordPlan plan;
         for (const char* field : {"/a", "/b"})
           plan.faults.push_back({.kind = tiebeam::Kind::invalid,
                                  .code = "test.bad",
                                  .message = "no",
                                  .detail = {},
                                  .hint = "mend it",
                                  .field = field,
                                  .found = "this",
                                  .expected = "that"});
         return plan;
       }});
  open();
  const Response refused = post("/test/refuse", "{}");
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(json(refused).find("errors")->if_array()->size(), 2u);
  for (const char* body : {R"({"words":{}})", R"({"a/b~c":1})"}) {
    const Response wrong = post("/test/refuse", body);
    EXPECT_EQ(wrong.status, 400) << body;
    expect_whole_faults(wrong);
  }
  const Json unknown = json(post("/test/refuse", R"({"a/b~c":1})"));
  EXPECT_EQ(text((*unknown.find("errors")->if_array())[0], "pointer"), "/a~1b~0c");
}

TEST_F(SiteTest, AKeySentManyTimesAtOnceWritesOnce) {
  std::vector<std::string> ids(8);
  {
    std::vector<std::jthread> all;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      all.emplace_back([&, i] {
        ids[i] =
            text(json(send_file("sent-" + std::to_string(i), {{"idempotency-key", "k-2"}})), "id");
      });
    }
  }
  EXPECT_TRUE(ids.front().starts_with("prv_"))
      << "each sending by itself would get an id of its own";
  for (const std::string& id : ids) EXPECT_EQ(id, ids.front());
  EXPECT_EQ(json(get("/uploads")).find("uploads")->if_array()->size(), 1u);
}

TEST_F(SiteTest, WhatTakesTheRoomOfUploadsIsListed) {
  const std::string id = text(json(send_file("sent", {})), "id");
  const std::string told = folder_ / (".uploads/" + id + "/upload.json");
  std::ofstream(told) << R"({"organisation":"alpha","name":"a.csv","at":"2026-01-01T00:00:00Z",)"
                      << R"("answers":null,"resumable":false})";
  const Json listed = json(get("/uploads"));
  ASSERT_EQ(listed.find("uploads")->if_array()->size(), 1u) << "a preview waits, too";
  const Json& one = listed.find("uploads")->if_array()->front();
  EXPECT_EQ(text(one, "id"), id);
  EXPECT_FALSE(*one.find("resumable")->if_bool());
}

TEST_F(SiteTest, ARepeatedAnswerHasTheHeadersOfTheFirst) {
  const std::string id = text(json(send_file("sent", {})), "id");
  std::ofstream(folder_ / (".uploads/" + id + "/rejects.csv")) << "line,reason\n";
  for (int i = 0; i < 2; ++i) {
    const Response answer = get("/imports/" + id + "/rejects.csv");
    ASSERT_EQ(answer.status, 200) << answer.body.bytes;
    EXPECT_EQ(answer.header("Content-Disposition"), "attachment; filename=\"rejects.csv\"") << i;
    EXPECT_FALSE(answer.header("ETag").empty());
  }
}

TEST_F(SiteTest, AFlagIsOneOrZero) {
  const Response answer = post("/imports?name=a.csv&preview=maybe", "item,at,state\n");
  EXPECT_EQ(answer.status, 400);
  const Json problem = json(answer);
  EXPECT_EQ(text((*problem.find("errors")->if_array())[0], "found"), "maybe");
}

TEST_F(SiteTest, WhoWritesSeesItAtOnceHoweverManyDo) {
  // Readers look at the journal all the time: a look that began before a write must not hide it.
  constexpr int kWriters = 3, kWrites = 150, kReaders = 6;
  std::atomic<int> refused = 0;
  std::atomic<bool> is_over = false;
  std::vector<std::jthread> readers;
  for (int reader = 0; reader < kReaders; ++reader) {
    readers.emplace_back([&] {
      while (!is_over) static_cast<void>(get("/records/person?limit=1"));
    });
  }
  {
    std::vector<std::jthread> writers;
    for (int writer = 0; writer < kWriters; ++writer) {
      writers.emplace_back([&, writer] {
        for (int i = 0; i < kWrites; ++i) {
          const std::string id = "p" + std::to_string(writer) + "-" + std::to_string(i);
          const std::string body = R"({"name":"P","id":")" + id + R"("})";
          if (post("/records/person", body).status != 201) ++refused;
          if (get("/records/person/" + id).status != 200) ++refused;
        }
      });
    }
  }
  is_over = true;
  readers.clear();
  EXPECT_EQ(refused, 0);
  EXPECT_EQ(number(json(get("/records/person")), "total"), kWriters * kWrites);
}

TEST_F(SiteTest, AnAnswerIsKnownByItsEtagUntilSomebodyWrites) {
  const Response first = get("/figures");
  ASSERT_EQ(first.status, 200);
  const std::string etag(first.header("ETag"));
  ASSERT_FALSE(etag.empty());
  const Response same = get("/figures", {{"if-none-match", etag}});
  EXPECT_EQ(same.status, 304);
  ASSERT_EQ(post("/records/person", R"({"name":"Ann"})").status, 201);
  const Response moved = get("/figures", {{"if-none-match", etag}});
  EXPECT_EQ(moved.status, 200);
  EXPECT_TRUE(moved.body.bytes.contains("\"value\":1"));
}

TEST_F(SiteTest, ListsSearchFilterSortAndPage) {
  for (const char* body :
       {R"({"name":"Ann","side":"it","influence":3})",
        R"({"name":"Bea","side":"business","influence":9})", R"({"name":"Cid","side":"it"})"})
    ASSERT_EQ(post("/records/person", body).status, 201);
  const auto names = [&](const std::string& query) {
    std::string out;
    const Json page = json(get("/records/person" + query));
    const Json* records = page.find("records");
    if (!records || !records->if_array()) return write_json(page);
    for (const Json& record : *records->if_array()) out += text(record, "name") + " ";
    return out;
  };
  EXPECT_EQ(names("?sort=-name"), "Cid Bea Ann ");
  EXPECT_EQ(names("?sort=influence"), "Ann Bea Cid ") << "values not given come last";
  EXPECT_EQ(names("?sort=-influence"), "Bea Ann Cid ");
  EXPECT_EQ(names("?side=it"), "Ann Cid ");
  EXPECT_EQ(names("?q=BE"), "Bea ");
  EXPECT_EQ(names("?limit=1&offset=1"), "Bea ");
  EXPECT_EQ(get("/records/person?sort=nmae").status, 400);
  EXPECT_EQ(get("/records/person?limit=0").status, 400);
}

TEST_F(SiteTest, EvidenceIsPaged) {
  for (int i = 0; i < 5; ++i) ASSERT_EQ(post("/records/person", R"({"name":"P"})").status, 201);
  const Json first = json(get("/figures/test.people/rows?limit=2"));
  EXPECT_EQ(first.find("rows")->if_array()->size(), 2U);
  EXPECT_EQ(number(first, "next"), 2);
  const Json last = json(get("/figures/test.people/rows?limit=2&offset=4"));
  EXPECT_EQ(last.find("rows")->if_array()->size(), 1U);
  EXPECT_TRUE(last.find("next")->is_null());
}

TEST_F(SiteTest, NothingOfOneOrganisationIsSeenInAnother) {
  make("beta");
  ASSERT_EQ(post("/records/person", R"({"name":"Ann"})").status, 201);
  EXPECT_EQ(ask(Method::get, "/api/v1/orgs/beta/records/person/ann").status, 404);
  EXPECT_FALSE(ask(Method::get, "/api/v1/orgs/beta/search?q=ann").body.bytes.contains("ann"));
  EXPECT_EQ(ask(Method::get, "/api/v1/orgs/gamma/records/person").status, 404);
}

TEST_F(SiteTest, WhatIsNotThereIsSaid) {
  EXPECT_EQ(ask(Method::get, "/api/v1/nothing").status, 404);
  EXPECT_EQ(ask(Method::get, "/api/v2/orgs").status, 404);
  EXPECT_EQ(get("/figures/test.poeple").status, 404);
  EXPECT_TRUE(get("/figures/test.poeple").body.bytes.contains("did you mean 'test.people'"));
  EXPECT_EQ(get("/records/persn").status, 404);
  const Response wrong = ask(Method::put, "/api/v1/orgs", "{}");
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(wrong.header("Allow"), "GET, POST");
  for (const Response& refused :
       {wrong, ask(Method::get, "/api/v1/nothing"), ask(Method::get, "/nowhere"),
        ask(Method::put, "/nowhere", "{}"), get("/records/person/nobody"),
        post("/records/person", "[]"),
        post("/records/person", R"({"name":"A"})", {{"tiebeam-person", "cy"}})}) {
    EXPECT_GE(refused.status, 400);
    expect_whole_faults(refused);
  }
  EXPECT_EQ(post("/journal/99/undo", {}).status, 404);
  EXPECT_EQ(post("/journal/soon/undo", {}).status, 404);
}

TEST_F(SiteTest, WhoWritesIsAPersonOfTheOrganisation) {
  ASSERT_EQ(post("/records/person", R"({"name":"Ann"})").status, 201);
  const Pairs ann = {{"tiebeam-person", "ann"}};
  EXPECT_EQ(post("/records/person", R"({"name":"Bo"})", ann).status, 201);
  const Json newest = (*json(get("/journal?limit=1")).find("entries")->if_array())[0];
  EXPECT_EQ(text(newest, "actor"), "person/ann");
  EXPECT_EQ(*newest.find("identity_verified")->if_bool(), false);
  const Response nobody = post("/records/person", R"({"name":"Cy"})", {{"tiebeam-person", "cy"}});
  EXPECT_EQ(nobody.status, 422);
  EXPECT_EQ(text(json(nobody), "code"), "person.no_such");
}

TEST_F(SiteTest, AnOrganisationBeginsByItsNameAndSaysWhatIsWrongWithIt) {
  const auto begin = [&](const std::string& body) {
    return ask(Method::post, "/api/v1/orgs", body, {{"content-type", "application/json"}});
  };
  const Response made = begin(R"({"name":"Alpha","currency":"CHF","zone":"Europe/Zurich"})");
  EXPECT_EQ(made.status, 201);
  EXPECT_EQ(text(json(made), "id"), "alpha-2") << "alpha is taken";
  EXPECT_FALSE(made.header("ETag").empty());
  for (const auto& [body, pointer] : {std::pair{R"({})", "/name"},
                                      {R"({"name":"X","zone":"Mars"})", "/zone"},
                                      {R"({"name":"X","currency":"ZZZZ"})", "/currency"},
                                      {R"({"name":5})", "/name"},
                                      {R"({"kind":"sample"})", "/kind"}}) {
    const Response refused = begin(body);
    EXPECT_EQ(refused.status, 422) << body;
    EXPECT_EQ(text((*json(refused).find("errors")->if_array())[0], "pointer"), pointer) << body;
    expect_whole_faults(refused);
  }
}

TEST_F(SiteTest, BadParametersAreNamed) {
  const Response day = get("/figures?as_of=tomorrow");
  EXPECT_EQ(day.status, 400);
  EXPECT_EQ(text((*json(day).find("errors")->if_array())[0], "pointer"), "?as_of");
  EXPECT_EQ(get("/figures?from=2026-02-01&to=2026-01-01").status, 400);
}

TEST_F(SiteTest, ForeignHostsAndOriginsAreRefused) {
  EXPECT_EQ(get("/figures", {{"host", "evil.example"}}).status, 403);
  const std::string body = R"({"name":"Ann"})";
  EXPECT_EQ(post("/records/person", body, {{"origin", "http://evil.example"}}).status, 403);
  EXPECT_EQ(post("/records/person", body, {{"origin", "null"}}).status, 403);
  EXPECT_EQ(post("/records/person", body, {{"sec-fetch-site", "cross-site"}}).status, 403);
  EXPECT_EQ(post("/records/person", body, {{"content-type", "text/plain"}}).status, 403);
  EXPECT_EQ(post("/records/person", body,
                 {{"origin", "http://127.0.0.1:8460"}, {"sec-fetch-site", "same-origin"}})
                .status,
            201);
  EXPECT_EQ(post("/records/person", body).status, 201) << "a program has neither";
}

TEST_F(SiteTest, HealthAndCountsAnswer) {
  EXPECT_EQ(ask(Method::get, "/healthz").status, 200);
  get("/figures");
  const Response counts = ask(Method::get, "/metrics");
  EXPECT_EQ(counts.status, 200);
  EXPECT_TRUE(counts.body.bytes.contains("tiebeam_api_handled_total{route=\"figures.list\"} 1"));
}

}  // namespace
}  // namespace tiebeam::server
