// The program: puts every room on the table, hands the world outside to the command line.
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>

#include "apps/tiebeam/rooms.h"
#include "apps/tiebeam/serve.h"
#include "cli/shell.h"
#include "quant/kernels/kernels.h"
#include "server/site.h"

namespace {

std::string setting(const char* name, const char* otherwise) {
  const char* held = std::getenv(name);
  return held && *held ? held : otherwise;
}

void write_all(std::FILE* to, std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), to);
}

tiebeam::cli::Environment environment() {
  tiebeam::cli::Environment out;
  out.actor = setting("USER", "local");
  out.default_data = setting("TIEBEAM_DATA", "./tiebeam-data");
  out.version = TIEBEAM_VERSION;
  out.now = [] { return std::chrono::floor<tiebeam::Micros>(std::chrono::system_clock::now()); };
  out.input_is_terminal = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1;
  out.error_is_terminal = isatty(STDERR_FILENO) == 1;
  out.out = [](std::string_view text) { write_all(stdout, text); };
  out.err = [](std::string_view text) { write_all(stderr, text); };
  out.ask = [] {
    std::fflush(stdout);
    std::string line;
    std::getline(std::cin, line);
    return line;
  };
  return out;
}

// TIEBEAM_VECTORS=avx512|avx2|neon|none: for measurements. The answers do not depend on it.
bool limit_vectors() {
  const std::string widest = setting("TIEBEAM_VECTORS", "");
  if (widest.empty() || tiebeam::quant::limit_vectors(widest)) return true;
  std::fprintf(stderr,
               "error: TIEBEAM_VECTORS=%s is not what this machine has [vectors.unknown]\n hint: "
               "unset it, or use %s\n",
               widest.c_str(), std::string(tiebeam::quant::vectors_in_use()).c_str());
  return false;
}

}  // namespace

int main(int argc, char** argv) {
  // A file that may not grow any larger (ulimit -f) is an error of the write, not our end.
  std::signal(SIGXFSZ, SIG_IGN);
  if (!limit_vectors()) return 2;
  tiebeam::Table table;
  tiebeam::mount_rooms(table);
  tiebeam::cli::Environment world = environment();
  world.serve = [&](const tiebeam::cli::Serving& wanted) {
    return tiebeam::serve(table, world, wanted);
  };
  world.openapi = [&] { return tiebeam::server::openapi_text(table, world.version); };
  if (auto sound = table.check(); !sound) {
    world.err(tiebeam::cli::render(sound.error()));
    return tiebeam::exit_status(sound.error().kind);
  }
  const int status = tiebeam::cli::run(table, world, argc, argv);
  const bool written = std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
  return written ? status : 3;
}
