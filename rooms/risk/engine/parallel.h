// Work shared between threads, a few pieces at a time.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace tiebeam::risk {

// Calls work(thread, first, last) for chunks of 0..count until all are done.
template <class Work>
void in_parallel(unsigned threads, std::size_t count, std::size_t chunk, Work work) {
  std::atomic<std::size_t> next{0};
  const auto run = [&](unsigned thread) {
    for (;;) {
      const std::size_t first = next.fetch_add(chunk);
      if (first >= count) return;
      work(thread, first, std::min(count, first + chunk));
    }
  };
  std::vector<std::jthread> others;
  for (unsigned i = 1; i < threads; ++i) others.emplace_back(run, i);
  run(0);
}

}  // namespace tiebeam::risk
