// Bytes that grow without being cleared first; large ones grow in place where the system can.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <utility>

namespace tiebeam {

class ByteBuffer {
 public:
  ByteBuffer() = default;
  ByteBuffer(const ByteBuffer& other) {
    std::byte* const to = extend(other.size_);
    if (other.size_ > 0) std::memcpy(to, other.data(), other.size_);
  }
  ByteBuffer(ByteBuffer&& other) noexcept { swap(other); }
  ByteBuffer& operator=(ByteBuffer other) noexcept {
    swap(other);
    return *this;
  }
  ~ByteBuffer() = default;

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t capacity() const { return capacity_; }
  [[nodiscard]] std::byte* data() { return data_.get(); }
  [[nodiscard]] const std::byte* data() const { return data_.get(); }
  // Room for `bytes` more, whose content is not set yet. Errors: std::bad_alloc.
  std::byte* extend(std::size_t bytes) {
    if (bytes > capacity_ - size_) reserve(std::max(size_ + bytes, 2 * capacity_));
    std::byte* const out = data_.get() + size_;
    size_ += bytes;
    return out;
  }
  void reserve(std::size_t bytes) {
    if (bytes <= capacity_) return;
    auto* const grown = static_cast<std::byte*>(std::realloc(data_.get(), bytes));
    if (grown == nullptr) throw std::bad_alloc();
    (void)data_.release();
    data_.reset(grown);
    capacity_ = bytes;
  }
  void swap(ByteBuffer& other) noexcept {
    data_.swap(other.data_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
  }

 private:
  struct Free {
    void operator()(std::byte* bytes) const { std::free(bytes); }
  };
  std::unique_ptr<std::byte, Free> data_;
  std::size_t size_ = 0, capacity_ = 0;
};

}  // namespace tiebeam
