// A server on a free port and a client of bare sockets, for the listener's tests.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "server/listener.h"
#include "server/problem.h"

namespace tiebeam::server {

// One answer as it came.
struct Answer {
  int status = 0;  // 0: the connection ended without one
  std::string head;
  std::string body;

  // The value of a field, or empty. Names as they are written.
  [[nodiscard]] std::string field(std::string_view name) const {
    const std::size_t found = head.find("\r\n" + std::string(name) + ": ");
    if (found == std::string::npos) return {};
    const std::size_t begin = found + name.size() + 4;
    return head.substr(begin, head.find("\r\n", begin) - begin);
  }
};

class Client {
 public:
  explicit Client(std::uint16_t port, int receive_buffer = 0) {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (receive_buffer > 0) {
      ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    }
    const timeval patience{.tv_sec = 20, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    is_connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0;
  }
  Client(Client&& other) noexcept
      : socket_(std::exchange(other.socket_, -1)),
        is_connected_(other.is_connected_),
        received_(std::move(other.received_)) {}
  Client& operator=(Client&&) = delete;
  ~Client() { close(); }

  void close() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
  }
  [[nodiscard]] bool is_connected() const { return is_connected_; }

  // False: the other side has gone.
  bool send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  // Until the other side ends. `was_reset` says that it did so with a reset.
  std::string rest() {
    while (more()) {
    }
    return std::exchange(received_, {});
  }
  bool was_reset = false;

  // Everything up to and with `text`; less when the other side ended before.
  std::string until(std::string_view text) {
    std::size_t found = received_.find(text);
    while (found == std::string::npos && more()) found = received_.find(text);
    const std::size_t size = found == std::string::npos ? received_.size() : found + text.size();
    std::string out = received_.substr(0, size);
    received_.erase(0, size);
    return out;
  }
  Answer answer(bool has_body = true) {
    Answer out;
    out.head = until("\r\n\r\n");
    if (!out.head.starts_with("HTTP/1.1 ")) return out;
    out.status = std::stoi(out.head.substr(9, 3));
    const std::string length = out.field("Content-Length");
    if (!has_body || length.empty()) return out;
    const std::size_t size = std::stoul(length);
    while (received_.size() < size && more()) {
    }
    out.body = received_.substr(0, size);
    received_.erase(0, std::min(size, received_.size()));
    return out;
  }
  Answer ask(std::string_view bytes) {
    send(bytes);
    return answer();
  }

 private:
  bool more() {
    std::string part(65536, '\0');
    const ssize_t size = ::recv(socket_, part.data(), part.size(), 0);
    was_reset = was_reset || (size < 0 && errno == ECONNRESET);
    if (size <= 0) return false;
    received_.append(part, 0, static_cast<std::size_t>(size));
    return true;
  }

  int socket_ = -1;
  bool is_connected_ = false;
  std::string received_;
};

inline std::string get(std::string_view path) {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: h\r\n\r\n";
}
inline std::string post(std::string_view path, std::string_view body) {
  return "POST " + std::string(path) + " HTTP/1.1\r\nHost: h\r\nContent-Type: text/csv\r\n" +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

inline Response text_answer(std::string text, int status = 200) {
  Response out;
  out.status = status;
  out.body = Body(std::move(text));
  return out;
}

// A listener that serves until this ends.
class Serving {
 public:
  Serving(ListenOptions options, Service service) {
    options.port = 0;
    if (!service.refusal) {
      service.refusal = [](int status, const Error& error, std::string_view request_id) {
        return problem(status, error, request_id);
      };
    }
    auto opened = Listener::open(options, std::move(service));
    if (!opened) throw std::runtime_error(opened.error().message);
    listener_ = *std::move(opened);
    thread_ = std::thread([this] { listener_->run(); });
  }
  Serving(const Serving&) = delete;
  Serving& operator=(const Serving&) = delete;
  ~Serving() { stop(); }
  void stop() {
    listener_->stop();
    if (thread_.joinable()) thread_.join();
  }
  [[nodiscard]] Client client() const { return Client(listener_->port()); }
  [[nodiscard]] Listener& listener() { return *listener_; }
  // Waits until so many connections are open. False: it never came to that.
  bool settles_at(std::size_t connections) {
    for (int i = 0; i < 1000; ++i) {
      if (listener_->open_connections() == connections) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
  }

 private:
  std::unique_ptr<Listener> listener_;
  std::thread thread_;
};

}  // namespace tiebeam::server
