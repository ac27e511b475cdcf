// `tiebeam partnership diagnose [FILE]`, and the same as a question of the page.
#pragma once

#include "application/table.h"

namespace tiebeam::partnership {

// Puts the diagnosis on the table: its figures, rules, command and question.
void mount_diagnosis(Table& table);

}  // namespace tiebeam::partnership
