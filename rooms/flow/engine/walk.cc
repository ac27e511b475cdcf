#include "rooms/flow/engine/walk.h"

#include <algorithm>

namespace tiebeam::flow {
namespace {

constexpr std::int64_t kMicrosADay = 86'400'000'000;

// An unbroken run of done states.
struct DoneRun {
  std::int64_t entered;
  std::int64_t left;  // kMissing: not left
  std::uint32_t row;
};

// One item on its way through the clock rules.
class Clock {
 public:
  Clock(const FlowLog& log, std::uint32_t index, std::vector<DoneRun>& scratch, Walked& out)
      : log_(log),
        item_(log.items[index]),
        map_(log.maps[item_.map]),
        touches_(touches_of(log, item_)),
        out_(out),
        runs_(scratch) {
    flow_.item = index;
    runs_.clear();
  }

  ItemFlow run() {
    flow_.first = touches_.front().at;
    flow_.created = item_.created;
    flow_.is_ticket = item_.is_ticket;
    look_at_entries();
    decide_end();
    decide_commit();
    sum_stretches();
    return flow_;
  }

 private:
  void look_at_entries() {
    int last_stage = -1;
    bool was_active = false;
    bool waits = false;
    std::uint32_t before = kNone;
    for (const Touch& touch : touches_) {
      if (touch.state != before) enter(touch, last_stage);
      before = touch.state;
      const Meaning now = meaning_of(map_, touch);
      if (starts_clock(map_.meaning[touch.state]) && flow_.commit == kMissing) {
        flow_.commit = touch.at;
        flow_.commit_row = touch.row;
      }
      if (now == Meaning::active) {
        flow_.waits_inside = flow_.waits_inside || waits;
        was_active = true;
      }
      waits = waits || (was_active && (now == Meaning::wait || now == Meaning::blocked));
    }
  }

  void enter(const Touch& touch, int& last_stage) {
    const Meaning meaning = map_.meaning[touch.state];
    flow_.state_touch = static_cast<std::uint32_t>(&touch - touches_.data());
    if (meaning == Meaning::done) {
      if (last_ != Meaning::done) runs_.push_back({touch.at, kMissing, touch.row});
    } else if (last_ == Meaning::done) {
      runs_.back().left = touch.at;
    }
    if (meaning == Meaning::cancelled && last_ != Meaning::cancelled) {
      flow_.cancelled = touch.at;
      cancel_row_ = touch.row;
    }
    last_ = meaning;
    const int stage = map_.stage[touch.state];
    if (stage < 0) {  // no rework into or out of a state without a stage
      last_stage = -1;
      return;
    }
    flow_.has_stage = true;
    if (stage < last_stage) ++flow_.backward_moves;
    last_stage = stage;
  }

  // Which finish stands, which were taken back, which made a second cycle.
  void decide_end() {
    const std::int64_t grace = static_cast<std::int64_t>(map_.map.reopen_grace_days) * kMicrosADay;
    if (last_ != Meaning::cancelled) flow_.cancelled = kMissing;
    if (map_.map.finish == FinishPolicy::first_done) {
      if (runs_.empty()) return finish_none();
      flow_.cancelled = kMissing;
      for (std::size_t i = 1; i < runs_.size(); ++i) {
        // Back within the grace time it is the same cycle still, though the first finish stands.
        const DoneRun& before = runs_[i - 1];
        if (before.left - before.entered <= grace) continue;
        ++flow_.second_cycles;
        second(runs_[i]);
      }
      count(runs_.front());
      return finish_at(runs_.front());
    }
    for (const DoneRun& run : runs_) {
      const bool holds = run.left == kMissing || run.left - run.entered > grace;
      if (!holds) {
        ++flow_.withdrawn;
      } else if (flow_.counted == kMissing) {
        count(run);
      } else {
        ++flow_.second_cycles;
        second(run);
      }
    }
    if (last_ == Meaning::done)
      finish_at(runs_.back());
    else
      finish_none();
  }
  void count(const DoneRun& run) {
    flow_.counted = run.entered;
    flow_.counted_row = run.row;
  }
  void second(const DoneRun& run) {
    out_.second_finishes.push_back({flow_.item, run.entered, run.row});
  }
  void finish_at(const DoneRun& run) {
    flow_.finish = run.entered;
    flow_.end_row = run.row;
    flow_.standing = Standing::finished;
  }
  void finish_none() {
    flow_.standing = flow_.cancelled == kMissing ? Standing::open : Standing::cancelled;
    if (flow_.standing == Standing::cancelled) flow_.end_row = cancel_row_;
  }

  void decide_commit() {
    if (item_.is_ticket) {  // a list tells when it was asked for, not when work began
      flow_.commit = item_.created != kMissing ? std::min(item_.created, flow_.first) : flow_.first;
      flow_.commit_row = touches_.front().row;
    }
    if (flow_.finish != kMissing && (flow_.commit == kMissing || flow_.commit > flow_.finish)) {
      flow_.skipped_all = true;
      flow_.commit = flow_.finish;
      flow_.commit_row = flow_.end_row;
    }
    if (flow_.cancelled != kMissing && flow_.commit != kMissing && flow_.commit > flow_.cancelled) {
      flow_.commit = kMissing;
    }
    flow_.is_truncated = item_.is_truncated && flow_.is_committed();
    if (flow_.standing == Standing::open && !flow_.is_committed()) {
      flow_.standing = Standing::waiting_to_start;
    }
  }

  void sum_stretches() {
    const std::int64_t until = log_.as_of.time_since_epoch().count();
    if (item_.is_ticket) {
      const std::int64_t end = flow_.end() == kMissing ? until : flow_.end();
      flow_.unknown = flow_.is_committed() ? end - flow_.commit : 0;
      return;
    }
    for_each_stretch(log_, flow_, until,
                     [&](Meaning meaning, const Touch&, std::int64_t from, std::int64_t to) {
                       switch (meaning) {
                         case Meaning::active:
                           flow_.active += to - from;
                           break;
                         case Meaning::backlog:
                         case Meaning::wait:
                           flow_.wait += to - from;
                           break;
                         case Meaning::blocked:
                           flow_.blocked += to - from;
                           break;
                         case Meaning::done:
                         case Meaning::cancelled:
                           flow_.done_gap += to - from;
                           break;
                         case Meaning::unknown:
                           flow_.unknown += to - from;
                           break;
                       }
                     });
  }

  const FlowLog& log_;
  const Item& item_;
  const ResolvedMap& map_;
  std::span<const Touch> touches_;
  Walked& out_;
  ItemFlow flow_;
  std::vector<DoneRun>& runs_;  // reused from item to item
  Meaning last_ = Meaning::unknown;
  std::uint32_t cancel_row_ = kNone;
};

}  // namespace

std::span<const Touch> touches_of(const FlowLog& log, const Item& item) {
  return std::span(log.touches).subspan(item.first, item.count);
}

Walked walk(const FlowLog& log) {
  Walked out;
  out.items.reserve(log.items.size());
  std::vector<DoneRun> scratch;
  for (std::uint32_t i = 0; i < log.items.size(); ++i) {
    out.items.push_back(Clock(log, i, scratch, out).run());
  }
  return out;
}

}  // namespace tiebeam::flow
