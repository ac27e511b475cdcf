// What people say of the states of a file, put over what was read, built in or guessed.
#pragma once

#include "application/imports.h"

namespace tiebeam {

// Puts what `request` says of states over the batch's map; each says so. States that the file does
// not have are left out.
void say_states(const ImportRequest& request, ingest::Batch& batch);
// `text` is the map a value stream has: what people said wins, states it does not know come from
// the batch. The new text, or `text` when nothing differs.
[[nodiscard]] std::string stream_map_with(const std::string& text, const ImportRequest& request,
                                          const ingest::Batch& batch);
// Whether what is said opens or closes a state: then the ends of tickets may be other ones.
[[nodiscard]] bool moves_an_end(const ImportRequest& request, const ingest::Batch& batch);

}  // namespace tiebeam
