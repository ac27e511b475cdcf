# cmake -DCOMPILER=.. -DROOT=.. -DCASE=.. -P compile_twice.cmake
set(command "${COMPILER}" -std=c++23 -fsyntax-only -Wall -Wextra -Werror "-I${ROOT}" "${CASE}")

execute_process(COMMAND ${command} -DMUST_PASS RESULT_VARIABLE status ERROR_VARIABLE output)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "with MUST_PASS the case has to compile, but:\n${output}")
endif()

file(STRINGS "${CASE}" reason REGEX "^// MUST FAIL WITH: ")
string(REPLACE "// MUST FAIL WITH: " "" reason "${reason}")
if(reason STREQUAL "")
  message(FATAL_ERROR "the case names no reason: add a line '// MUST FAIL WITH: regular expression'")
endif()
execute_process(COMMAND ${command} RESULT_VARIABLE status ERROR_VARIABLE output)
if(status EQUAL 0)
  message(FATAL_ERROR "the case compiles, though it has to be refused")
elseif(NOT output MATCHES "${reason}")
  message(FATAL_ERROR "refused, but not because of '${reason}':\n${output}")
endif()
