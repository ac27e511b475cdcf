// The files of rooms/risk/starters, put among the program's constants by the assembler.
#include <array>

#include "rooms/risk/starter_library.h"

// cmake/TiebeamStory.cmake writes the list of TB_CARRIED(index, name), included once for the bytes
// and once for the table.
#define TB_CARRIED(index, name)                                                                \
  extern "C" const char tb_starter_##index##_begin[];                                          \
  extern "C" const char tb_starter_##index##_end[];                                            \
  asm(".section .rodata\n.balign 16\ntb_starter_" #index "_begin:\n.incbin \"" TIEBEAM_CARRIED \
      "/" name "\"\ntb_starter_" #index "_end:\n.byte 0\n.previous\n");
#include TIEBEAM_CARRIED_LIST
#undef TB_CARRIED

namespace tiebeam::risk {

std::span<const CarriedFile> carried_files() {
#define TB_CARRIED(index, name)            \
  CarriedFile{name,                        \
              {tb_starter_##index##_begin, \
               static_cast<std::size_t>(tb_starter_##index##_end - tb_starter_##index##_begin)}},
  static const std::array kFiles{
#include TIEBEAM_CARRIED_LIST
  };
#undef TB_CARRIED
  return kFiles;
}

}  // namespace tiebeam::risk
