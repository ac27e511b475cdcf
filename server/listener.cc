// Every connection is a small machine of phases on a strand of its own. It holds no buffer while it
// waits: it asks to be told when there are bytes, reads them through the stack, and keeps only what
// is not yet understood. Time limits are ticks counted by one timer for all connections, so that
// they hold for a phase as a whole, however slowly its bytes drip.
#include "server/listener.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <mutex>
#include <thread>

#include "base/text.h"
#include "server/event_queue.h"
#include "server/problem.h"
#include "server/refusals.h"
#include "server/security.h"
#include "server/spool.h"
#include "server/wire.h"

namespace tiebeam::server {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using tcp = asio::ip::tcp;
using Strand = asio::strand<asio::io_context::executor_type>;
using Socket = asio::basic_stream_socket<tcp, Strand>;
using std::chrono::milliseconds;

constexpr milliseconds kTick{100};
constexpr std::uint64_t kNever = ~std::uint64_t{0};
constexpr std::size_t kReadBytes = 64 * 1024;
constexpr std::size_t kChunkHeadBytes = 16 * 1024;  // size, extensions and trailers of a chunk
// After a refusal the client may still be sending: what it sends is thrown away for this long and
// this much, so that it reads the refusal and not a reset.
constexpr milliseconds kDrainTime{3'000};
constexpr milliseconds kLastDrainTime{300};  // once the listener stops
constexpr std::size_t kDrainBytes = 16 * 1024 * 1024;
constexpr std::size_t kSpareFiles = 256;  // descriptors for everything that is not a connection

// The door of a request: whatever `act` throws ends here. False: it threw.
template <class Act>
bool survives(Act&& act) {
  try {
    act();
    return true;
  } catch (...) {
    return false;
  }
}

// How the parser hands the bytes of a body to an Upload.
struct UploadBody {
  using value_type = Upload*;
  class reader {
   public:
    template <bool is_request, class Fields>
    reader(http::header<is_request, Fields>& /*head*/, value_type& upload) : upload_(upload) {}
    // NOLINTNEXTLINE(readability-convert-member-functions-to-static): the parser's interface
    void init(const boost::optional<std::uint64_t>& /*length*/, error_code& ec) { ec = {}; }
    template <class Buffers>
    std::size_t put(const Buffers& buffers, error_code& ec) {
      std::size_t size = 0;
      for (const asio::const_buffer part : boost::beast::buffers_range_ref(buffers)) {
        upload_->put({static_cast<const char*>(part.data()), part.size()});
        size += part.size();
      }
      ec = upload_->fault == Upload::Fault::none ? error_code{} : http::error::body_limit;
      return size;
    }
    void finish(error_code& ec) { ec = {}; }

   private:
    value_type& upload_;  // set after the head was read
  };
};
using HeadParser = http::request_parser<http::empty_body>;
using BodyParser = http::request_parser<UploadBody>;

// A request on its way from its head to its answer. Owned by one at a time: the connection's strand
// or the worker that answers it.
struct Exchange {
  Request request;
  AnswerForm form;
  std::unique_ptr<Upload> upload;
  std::unique_ptr<BodyParser> parser;
  Response response;
  std::string head;  // of the answer
};

void read_head(const HeadParser& parser, Exchange& into) {
  const auto& message = parser.get();
  Request& request = into.request;
  request.method = method_of(std::string_view(message.method_string()));
  request.target = std::string(message.target());
  for (const auto& field : message) {
    request.headers.emplace_back(to_lower_ascii(std::string_view(field.name_string())),
                                 std::string(field.value()));
  }
  into.form = {.is_head_request = request.method == Method::head,
               .keeps_open = message.keep_alive(),
               .is_http_1_1 = message.version() == 11};
}

class Connection;

// What all connections of one listener share.
struct Shared {
  ListenOptions options;
  Service service;
  asio::thread_pool* workers = nullptr;
  std::atomic<std::uint64_t> tick{0};
  std::atomic<std::uint64_t> requests{0};
  std::atomic<bool> is_stopping{false};
  std::uint64_t id_seed = 0;
  std::mutex mutex;
  std::vector<Connection*> open;

  void add(Connection& connection);
  void remove(const Connection& connection);
  [[nodiscard]] std::size_t count() {
    const std::scoped_lock lock(mutex);
    return open.size();
  }
  [[nodiscard]] std::vector<std::shared_ptr<Connection>> select(bool only_overdue);
  [[nodiscard]] std::string next_id() { return request_id(id_seed, requests.fetch_add(1)); }
  // The service's own door: what it throws never leaves it.
  [[nodiscard]] Response refusal(int status, const Error& error, std::string_view request_id);
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Shared& shared, Socket socket) : shared_(shared), socket_(std::move(socket)) {
    shared_.add(*this);
  }
  ~Connection() { shared_.remove(*this); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void start(bool is_welcome);
  [[nodiscard]] bool is_overdue() const { return shared_.tick.load() >= deadline_.load(); }
  void on_overdue();
  void on_stop();
  void close();
  void pump();
  [[nodiscard]] Strand strand() { return socket_.get_executor(); }
  std::size_t slot = 0;  // in Shared::open

 private:
  enum class Phase : std::uint8_t {
    idle,       // nothing of a request is here
    head,       // some of its head
    body,       // its head, and some of its body
    working,    // it is being answered
    writing,    // its answer is being sent
    draining,   // it was refused; what still comes is thrown away
    streaming,  // events
    closed
  };

  void enter(Phase phase, std::optional<milliseconds> limit);
  void wait();
  void on_readable(error_code ec);
  void take(std::string_view bytes);
  void take_head();
  void read_request(std::size_t head_size);
  void begin_body();
  [[nodiscard]] bool open_spool();
  bool tell_to_continue();
  void take_body();
  void refuse_body();
  void on_complete();
  void work();
  void answer();
  void write();
  void on_written(error_code ec);
  void next();
  void refuse(int status, const Error& error);
  void end_with(Response response);
  void drain();
  void begin_stream();
  void write_events(std::string events);

  Shared& shared_;
  Socket socket_;
  std::string buffer_;       // received, not yet understood
  std::size_t scanned_ = 0;  // of the buffer, without an end of the head
  std::size_t drained_ = 0;
  std::atomic<std::uint64_t> deadline_{kNever};
  std::unique_ptr<Exchange> exchange_;
  std::shared_ptr<EventQueue> events_;
  std::shared_ptr<void> token_;
  Phase phase_ = Phase::idle;
  bool is_first_ = true;     // no request was answered yet
  bool is_late_ = false;     // a read was cut short by its time limit
  bool is_writing_ = false;  // an event of a stream
};

void Shared::add(Connection& connection) {
  const std::scoped_lock lock(mutex);
  connection.slot = open.size();
  open.push_back(&connection);
}

void Shared::remove(const Connection& connection) {
  const std::scoped_lock lock(mutex);
  open.back()->slot = connection.slot;
  open[connection.slot] = open.back();
  open.pop_back();
}

std::vector<std::shared_ptr<Connection>> Shared::select(bool only_overdue) {
  std::vector<std::shared_ptr<Connection>> out;
  const std::scoped_lock lock(mutex);
  if (std::ranges::none_of(open, [&](auto* c) { return !only_overdue || c->is_overdue(); })) {
    return out;
  }
  out.reserve(open.size());  // first: a connection that ends in here would wait for this lock
  for (Connection* connection : open) {
    if (only_overdue && !connection->is_overdue()) continue;
    if (auto held = connection->weak_from_this().lock()) out.push_back(std::move(held));
  }
  return out;
}

Response Shared::refusal(int status, const Error& error, std::string_view request_id) {
  Response out;
  if (service.refusal && survives([&] { out = service.refusal(status, error, request_id); })) {
    return out;
  }
  return problem(status, error, request_id);
}

// Starts a phase. Nothing: it may take as long as it takes.
void Connection::enter(Phase phase, std::optional<milliseconds> limit) {
  phase_ = phase;
  const auto ticks = [](milliseconds time) {
    return static_cast<std::uint64_t>((time + kTick - milliseconds(1)) / kTick) + 1;
  };
  deadline_ = limit ? shared_.tick + ticks(*limit) : kNever;
}

void Connection::start(bool is_welcome) {
  error_code ec;
  socket_.non_blocking(true, ec);
  socket_.set_option(tcp::no_delay(true), ec);
  if (ec) return close();
  if (!is_welcome) {
    return refuse(503, refusals::too_many_connections(shared_.options.connections));
  }
  enter(Phase::idle, shared_.options.header_time);
  wait();
}

void Connection::wait() {
  socket_.async_wait(Socket::wait_read,
                     [self = shared_from_this()](const error_code& ec) { self->on_readable(ec); });
}

void Connection::on_readable(error_code ec) {
  if (phase_ == Phase::closed) return;
  if (is_late_) {
    return refuse(408, refusals::too_slow());
  }
  if (ec) return close();
  std::array<char, kReadBytes> bytes;  // NOLINT(cppcoreguidelines-pro-type-member-init)
  const std::size_t size = socket_.read_some(asio::buffer(bytes), ec);
  if (ec == asio::error::would_block || ec == asio::error::try_again) return wait();
  if (ec) return close();
  take({bytes.data(), size});
}

void Connection::take(std::string_view bytes) {
  switch (phase_) {
    case Phase::idle:
    case Phase::head:
      buffer_ += bytes;
      return take_head();
    case Phase::body:
      buffer_ += bytes;
      return take_body();
    case Phase::draining:
      drained_ += bytes.size();
      return drained_ > kDrainBytes ? close() : wait();
    case Phase::streaming:
      return wait();  // nothing is expected but the end
    case Phase::working:
    case Phase::writing:
    case Phase::closed:
      break;
  }
  close();
}

// REQUIRES: something in the buffer.
void Connection::take_head() {
  if (phase_ == Phase::idle) {
    const bool is_timed = is_first_;  // the first head is timed from the connection on
    const std::uint64_t deadline = deadline_;
    enter(Phase::head, shared_.options.header_time);
    if (is_timed) deadline_ = deadline;
  }
  while (buffer_.starts_with("\r\n")) {  // RFC 9112, 2.2: empty lines before a request
    buffer_.erase(0, 2);
    scanned_ = 0;
  }
  const std::size_t found = buffer_.find("\r\n\r\n", scanned_ < 3 ? 0 : scanned_ - 3);
  const std::size_t size = found == std::string::npos ? buffer_.size() : found + 4;
  if (size > shared_.options.header_bytes) {
    return refuse(431, refusals::head_too_large(size, shared_.options.header_bytes));
  }
  const std::string_view fresh =
      std::string_view(buffer_).substr(0, size).substr(std::min(scanned_, size));
  const char before = scanned_ > 0 && scanned_ <= size ? buffer_[scanned_ - 1] : '\0';
  if (auto fault = head_byte_fault(fresh, before)) return refuse(400, *fault);
  scanned_ = size;
  if (found == std::string::npos) return wait();
  scanned_ = 0;
  read_request(size);
}

void Connection::read_request(std::size_t head_size) {
  const std::string_view head = std::string_view(buffer_).substr(0, head_size);
  exchange_ = std::make_unique<Exchange>();
  exchange_->request.id = shared_.next_id();
  if (auto fault = head_line_fault(head)) return refuse(400, *fault);
  HeadParser parser;
  parser.header_limit(static_cast<std::uint32_t>(shared_.options.header_bytes + 1));
  parser.body_limit(boost::none);
  error_code ec;
  parser.put(asio::buffer(head), ec);
  if (ec || !parser.is_header_done()) {
    return refuse(400, refusals::malformed("the request's head cannot be read"));
  }
  buffer_.erase(0, head_size);
  read_head(parser, *exchange_);
  if (auto fault = field_fault(exchange_->request, exchange_->form.is_http_1_1)) {
    return refuse(400, *fault);
  }
  if (auto read = read_target(exchange_->request); !read) {
    return refuse(400, read.error());
  }
  if (parser.is_done()) return on_complete();
  exchange_->parser = std::make_unique<BodyParser>(std::move(parser));
  begin_body();
}

void Connection::begin_body() {
  const Service& service = shared_.service;
  const Request& head = exchange_->request;
  std::optional<Response> away;
  BodyRule rule{.limit = shared_.options.body_bytes};
  const bool is_asked = survives([&] {
    if (service.turn_away) away = service.turn_away(head);
    if (service.body_rule && !away) rule = service.body_rule(head).value_or(rule);
  });
  if (!is_asked) return refuse(500, refusals::broke());
  if (away) return end_with(*std::move(away));
  exchange_->upload = std::make_unique<Upload>(rule.limit);
  BodyParser& parser = *exchange_->parser;
  parser.get().body() = exchange_->upload.get();
  parser.eager(true);
  if (parser.content_length().value_or(0) > rule.limit) {
    exchange_->upload->fault = Upload::Fault::too_large;
    return refuse_body();
  }
  if (rule.to_file && !open_spool()) return refuse_body();
  enter(Phase::body, rule.time.value_or(shared_.options.body_time));
  if (!tell_to_continue()) return close();
  take_body();
}

// To a client that asks before it sends its body. False: it is gone.
bool Connection::tell_to_continue() {
  const bool is_asked = to_lower_ascii(exchange_->request.header("expect")) == "100-continue";
  if (!is_asked || !exchange_->form.is_http_1_1 || !buffer_.empty()) return true;
  constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
  error_code ec;  // what was written before has left the socket's buffer: all of it fits
  return socket_.write_some(asio::buffer(kContinue), ec) == kContinue.size();
}

// False, and a fault of the upload: there is no place for it.
bool Connection::open_spool() {
  const std::string& folder = shared_.options.spool;
  const auto& id = exchange_->request.id;
  if (!folder.empty()) return exchange_->upload->open_file(fmt::format("{}/upload-{}", folder, id));
  exchange_->upload->fault = Upload::Fault::no_space;
  return false;
}

void Connection::take_body() {
  BodyParser& parser = *exchange_->parser;
  error_code ec;
  while (!buffer_.empty() && !parser.is_done() && !ec) {
    buffer_.erase(0, parser.put(asio::buffer(buffer_), ec));
  }
  if (exchange_->upload->fault != Upload::Fault::none) return refuse_body();
  const bool is_endless = !parser.is_done() && buffer_.size() > kChunkHeadBytes;
  if ((ec && ec != http::error::need_more) || is_endless) {
    return refuse(400, refusals::malformed("the request's body is not chunked as it should be"));
  }
  if (!parser.is_done()) return wait();
  if (!exchange_->upload->close_file()) return refuse_body();
  exchange_->parser.reset();
  exchange_->request.body = std::move(exchange_->upload->text);
  exchange_->request.body_file = exchange_->upload->path();
  on_complete();
}

void Connection::refuse_body() {
  if (exchange_->upload->fault == Upload::Fault::too_large) {
    return refuse(413, refusals::body_too_large(exchange_->upload->limit()));
  }
  refuse(503, refusals::no_space());
}

void Connection::on_complete() {
  enter(Phase::working, std::nullopt);
  std::optional<Response> response;
  const auto& at_once = shared_.service.at_once;
  if (at_once && !survives([&] { response = at_once(exchange_->request); })) {
    response = shared_.refusal(500, refusals::broke(), exchange_->request.id);
  }
  if (response) {
    exchange_->response = *std::move(response);
    return answer();
  }
  asio::post(*shared_.workers,
             [self = shared_from_this(), guard = asio::make_work_guard(strand())] {
               survives([&] { self->work(); });
             });
}

// On a worker's thread. The strand leaves the exchange alone while the phase is `working`.
void Connection::work() {
  Exchange& exchange = *exchange_;
  const auto& handle = shared_.service.handle;
  if (!survives([&] { exchange.response = handle(exchange.request); })) {
    exchange.response = shared_.refusal(500, refusals::broke(), exchange.request.id);
  }
  exchange.upload.reset();
  asio::post(strand(), [self = shared_from_this()] { self->answer(); });
}

void Connection::answer() {
  if (phase_ == Phase::closed) return;
  Exchange& exchange = *exchange_;
  exchange.upload.reset();
  secure(exchange.response);
  if (exchange.response.stream || shared_.is_stopping) exchange.form.keeps_open = false;
  if (shared_.service.seen) {  // a log that fails takes no answer away
    survives([&] { shared_.service.seen(exchange.request, exchange.response); });
  }
  exchange.head = answer_head(exchange.response, exchange.form);
  write();
}

void Connection::write() {
  const Exchange& exchange = *exchange_;
  const bool has_body = sends_body(exchange.response, exchange.form) && !exchange.response.stream;
  const std::string_view body = has_body ? exchange.response.body.bytes : std::string_view{};
  enter(Phase::writing, shared_.options.write_time);
  const std::array buffers = {asio::buffer(exchange.head), asio::buffer(body)};
  asio::async_write(socket_, buffers,
                    [self = shared_from_this()](const error_code& ec, std::size_t /*bytes*/) {
                      self->on_written(ec);
                    });
}

void Connection::on_written(error_code ec) {
  if (phase_ == Phase::closed) return;
  if (ec) return close();
  const bool is_stream = exchange_->response.stream && !exchange_->form.is_head_request;
  if (is_stream) return begin_stream();
  if (!exchange_->form.keeps_open) return drain();
  exchange_.reset();
  next();
}

void Connection::next() {
  is_first_ = false;
  enter(Phase::idle, shared_.options.idle_time);
  if (shared_.is_stopping) return close();
  if (!buffer_.empty()) return take_head();
  std::string().swap(buffer_);
  wait();
}

// REQUIRES: no worker has the exchange.
void Connection::refuse(int status, const Error& error) {
  if (!exchange_) {
    exchange_ = std::make_unique<Exchange>();
    exchange_->request.id = shared_.next_id();
  }
  end_with(shared_.refusal(status, error, exchange_->request.id));
}

void Connection::end_with(Response response) {
  exchange_->parser.reset();
  exchange_->response = std::move(response);
  exchange_->form.keeps_open = false;
  answer();
}

// The answer was the last one: the client is told so, and may finish what it is sending.
void Connection::drain() {
  exchange_.reset();
  std::string().swap(buffer_);
  error_code ec;
  socket_.shutdown(Socket::shutdown_send, ec);
  if (ec) return close();
  is_late_ = false;
  enter(Phase::draining, shared_.is_stopping ? kLastDrainTime : kDrainTime);
  wait();
}

void Connection::begin_stream() {
  if (shared_.is_stopping) return close();
  enter(Phase::streaming, shared_.options.ping_time);
  events_ = std::make_shared<EventQueue>();
  wait();
  auto sink = [events = events_, reader = weak_from_this()](const std::string& event) {
    if (!events->push(event)) return;
    if (auto held = reader.lock()) asio::post(held->strand(), [held] { held->pump(); });
  };
  auto open = std::move(exchange_->response.stream->open);
  exchange_.reset();
  auto opened = [self = shared_from_this(), open = std::move(open), sink = std::move(sink),
                 guard = asio::make_work_guard(strand())] {
    std::shared_ptr<void> token;
    // Without a token the stream ends: the client comes back and asks again.
    survives([&] { token = open(sink); });
    asio::post(self->strand(), [self, token = std::move(token)]() mutable {
      if (self->phase_ == Phase::closed || !token) return self->close();
      self->token_ = std::move(token);
    });
  };
  asio::post(*shared_.workers, std::move(opened));
}

void Connection::pump() {
  if (phase_ != Phase::streaming) return;
  if (events_->is_cut()) return close();
  if (is_writing_) return;  // once that is done, the rest goes
  auto events = events_->take();
  if (!events) return close();
  if (!events->empty()) write_events(*std::move(events));
}

void Connection::write_events(std::string events) {
  is_writing_ = true;
  enter(Phase::streaming, shared_.options.write_time);
  auto kept = std::make_unique<std::string>(std::move(events));
  const asio::const_buffer bytes = asio::buffer(*kept);
  asio::async_write(socket_, bytes,
                    [self = shared_from_this(), kept = std::move(kept)](const error_code& ec,
                                                                        std::size_t /*bytes*/) {
                      self->is_writing_ = false;
                      if (self->phase_ == Phase::closed) return;
                      if (ec) return self->close();
                      self->enter(Phase::streaming, self->shared_.options.ping_time);
                      self->pump();
                    });
}

void Connection::on_overdue() {
  if (!is_overdue()) return;
  error_code ec;
  switch (phase_) {
    case Phase::head:
    case Phase::body:
      is_late_ = true;
      deadline_ = kNever;
      socket_.cancel(ec);
      return;
    case Phase::streaming:
      return is_writing_ ? close() : write_events(": ping\n\n");
    case Phase::idle:
    case Phase::working:
    case Phase::writing:
    case Phase::draining:
    case Phase::closed:
      return close();
  }
}

// What is under way goes on; what only waits ends.
void Connection::on_stop() {
  if (phase_ == Phase::idle || phase_ == Phase::streaming) close();
}

void Connection::close() {
  const bool is_lent = phase_ == Phase::working;  // to a worker, who still reads the exchange
  enter(Phase::closed, std::nullopt);
  error_code ec;
  socket_.close(ec);  // first: until then its bytes may be on their way out
  if (!is_lent) exchange_.reset();
  if (events_) events_->cut();
  token_.reset();
}

std::unexpected<Error> no_listen(const ListenOptions& options, const error_code& ec) {
  if (ec == asio::error::address_in_use) {
    return fail(
        Kind::unavailable, "server.port_taken",
        fmt::format("port {} of {} is in use by another program", options.port, options.address),
        fmt::format("stop that one, or choose another port: --listen 127.0.0.1:{}",
                    options.port < 65535 ? options.port + 1 : 8461));
  }
  return fail(Kind::unavailable, "server.no_listen",
              fmt::format("cannot listen on {} port {}: {}", shown(options.address), options.port,
                          ec.message()),
              "choose another address or port: --listen 127.0.0.1:8460");
}

Result<tcp::endpoint> endpoint_of(const ListenOptions& options) {
  error_code ec;
  const std::string text = options.address == "localhost" ? "127.0.0.1" : options.address;
  const auto address = asio::ip::make_address(text, ec);
  if (ec) return no_listen(options, ec);
  if (!address.is_loopback()) {
    return fail(Kind::invalid, "server.not_loopback",
                fmt::format("{} is reachable from other machines, and there is no sign-in yet",
                            shown(text)),
                "listen on 127.0.0.1 and come through an SSH tunnel (ssh -L 8460:127.0.0.1:8460 "
                "HOST), or put a reverse proxy with sign-in in front on the same machine");
  }
  return tcp::endpoint(address, options.port);
}

}  // namespace

// Accepting, ticking and stopping happen on one strand, so that they never meet.
struct Listener::Inner {
  explicit Inner(const ListenOptions& options)
      : io(std::max(1, options.io_threads)),
        control(asio::make_strand(io)),
        acceptor(control),
        timer(control),
        workers(static_cast<std::size_t>(std::max(1, options.workers))) {
    shared.options = options;
    shared.workers = &workers;
  }

  Shared shared;  // outlives every connection
  asio::io_context io;
  Strand control;
  asio::basic_socket_acceptor<tcp, Strand> acceptor;
  asio::basic_waitable_timer<std::chrono::steady_clock,
                             asio::wait_traits<std::chrono::steady_clock>, Strand>
      timer;
  std::uint64_t stopped_at = kNever;  // tick
  bool is_accepting = false;
  std::uint16_t port = 0;
  asio::thread_pool workers;

  Result<void> bind(const tcp::endpoint& endpoint);
  void accept();
  void on_accept(const error_code& ec, Socket socket);
  void tick();
  void on_tick();
  void on_stop();
  void serve();
};

Result<void> Listener::Inner::bind(const tcp::endpoint& endpoint) {
  error_code ec;
  acceptor.open(endpoint.protocol(), ec);
  if (!ec) acceptor.set_option(tcp::acceptor::reuse_address(true), ec);
  if (!ec) acceptor.bind(endpoint, ec);
  if (!ec) acceptor.listen(asio::socket_base::max_listen_connections, ec);
  if (ec) return no_listen(shared.options, ec);
  port = acceptor.local_endpoint(ec).port();
  return {};
}

void Listener::Inner::accept() {
  is_accepting = true;
  acceptor.async_accept(asio::make_strand(io), [this](const error_code& ec, Socket socket) {
    on_accept(ec, std::move(socket));
  });
}

void Listener::Inner::on_accept(const error_code& ec, Socket socket) {
  is_accepting = false;
  if (shared.is_stopping) return;
  if (ec == asio::error::connection_aborted) return accept();
  if (ec) return;  // out of descriptors: the next tick tries again
  const std::size_t limit = shared.options.connections;
  if (const std::size_t open = shared.count(); open < limit + kSpareFiles / 2) {
    const auto made = std::make_shared<Connection>(shared, std::move(socket));
    const bool is_welcome = open < limit;
    asio::dispatch(made->strand(), [made, is_welcome] { made->start(is_welcome); });
  }
  accept();
}

void Listener::Inner::tick() {
  timer.expires_after(kTick);
  timer.async_wait([this](const error_code& /*ec*/) { on_tick(); });
}

// The next tick is set first: whatever fails in this one, time limits go on.
void Listener::Inner::on_tick() {
  const std::uint64_t now = ++shared.tick;
  if (!shared.is_stopping || shared.count() > 0) tick();
  for (auto& held : shared.select(true)) {
    asio::post(held->strand(), [held] { held->on_overdue(); });
  }
  if (!shared.is_stopping && !is_accepting) accept();
  const auto grace = static_cast<std::uint64_t>(shared.options.stop_time / kTick);
  if (stopped_at == kNever || now <= stopped_at + grace) return;
  for (auto& held : shared.select(false)) {
    asio::post(held->strand(), [held] { held->close(); });
  }
}

void Listener::Inner::on_stop() {
  if (stopped_at != kNever) return;
  stopped_at = shared.tick;
  error_code ec;
  acceptor.close(ec);
  for (auto& held : shared.select(false)) {
    asio::post(held->strand(), [held] { held->on_stop(); });
  }
}

// A thread of sockets. What a handler throws (there is no memory left) costs its connection only.
void Listener::Inner::serve() {
  while (!survives([this] { io.run(); })) {
  }
}

Listener::Listener() = default;
Listener::~Listener() = default;

Result<std::unique_ptr<Listener>> Listener::open(const ListenOptions& options, Service service) {
  TB_CHECK(service.handle != nullptr, "a service answers");
  TB_TRY(const tcp::endpoint endpoint, endpoint_of(options));
  std::unique_ptr<Listener> out(new Listener);
  out->inner_ = std::make_unique<Inner>(options);
  Inner& inner = *out->inner_;
  inner.shared.service = std::move(service);
  inner.shared.options.connections = raise_file_limit(options.connections, kSpareFiles);
  TB_DO(inner.bind(endpoint));
  inner.timer.expires_after(kTick);
  const auto since_boot = inner.timer.expiry().time_since_epoch().count();
  inner.shared.id_seed = options.id_seed != 0 ? options.id_seed
                                              : static_cast<std::uint64_t>(since_boot) ^
                                                    (static_cast<std::uint64_t>(::getpid()) << 40U);
  return out;
}

std::uint16_t Listener::port() const { return inner_->port; }

std::size_t Listener::open_connections() const { return inner_->shared.count(); }

void Listener::run() {
  Inner& inner = *inner_;
  asio::post(inner.control, [&inner] {
    if (!inner.shared.is_stopping) inner.accept();
    inner.tick();
  });
  {
    std::vector<std::jthread> threads;
    for (int i = 1; i < inner.shared.options.io_threads; ++i) {
      threads.emplace_back([&inner] { inner.serve(); });
    }
    inner.serve();
  }
  inner.workers.join();
}

void Listener::stop() {
  inner_->shared.is_stopping = true;
  asio::post(inner_->control, [inner = inner_.get()] { inner->on_stop(); });
}

}  // namespace tiebeam::server
