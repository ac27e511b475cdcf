// A description that leaves out a member does not compile.
// MUST FAIL WITH: static assertion failed|static_assert failed
#include "base/describe.h"

namespace tiebeam {

struct Note : RecordBase {
  std::string threat;
  bool is_urgent = false;
};

template <>
struct Describe<Note> {
  static constexpr std::string_view name = "note", title = "Note", plural = "notes", help = "";
#ifdef MUST_PASS
  static constexpr auto fields = std::tuple{field("threat", &Note::threat, {.help = ""}),
                                            field("is_urgent", &Note::is_urgent, {.help = ""})};
#else
  static constexpr auto fields = std::tuple{field("threat", &Note::threat, {.help = ""})};
#endif
};

static_assert(complete<Note>());

}  // namespace tiebeam
