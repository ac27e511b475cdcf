// The files of demo/, put among the program's constants by the assembler.
#include <array>

#include "application/demonstration/demonstration.h"

// cmake/TiebeamStory.cmake writes the list of TB_STORY(index, name), included once for the bytes
// and once for the table.
#define TB_STORY(index, name)                                                              \
  extern "C" const char tb_story_##index##_begin[];                                        \
  extern "C" const char tb_story_##index##_end[];                                          \
  asm(".section .rodata\n.balign 16\ntb_story_" #index "_begin:\n.incbin \"" TIEBEAM_STORY \
      "/" name "\"\ntb_story_" #index "_end:\n.byte 0\n.previous\n");
#include TIEBEAM_STORY_LIST
#undef TB_STORY

namespace tiebeam {

std::span<const StoryFile> built_in_story() {
#define TB_STORY(index, name)          \
  StoryFile{name,                      \
            {tb_story_##index##_begin, \
             static_cast<std::size_t>(tb_story_##index##_end - tb_story_##index##_begin)}},
  static const std::array kFiles{
#include TIEBEAM_STORY_LIST
  };
#undef TB_STORY
  return kFiles;
}

}  // namespace tiebeam
