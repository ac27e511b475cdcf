# How layers, rooms and their tests become targets. Tests sit beside what they test: *_test.cc.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE OFF)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

find_program(TIEBEAM_CCACHE ccache)
if(TIEBEAM_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros "${TIEBEAM_CCACHE}")
endif()

add_library(tiebeam_options INTERFACE)
target_include_directories(tiebeam_options INTERFACE "${CMAKE_SOURCE_DIR}" "${CMAKE_BINARY_DIR}/generated")
# One result on every machine: no contraction of a*b+c, plain x86-64-v2 where it applies.
target_compile_options(tiebeam_options INTERFACE -ffp-contract=off)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  target_compile_options(tiebeam_options INTERFACE -march=x86-64-v2)
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  target_compile_options(tiebeam_options INTERFACE "SHELL:-Xclang -fno-pch-timestamp")
endif()
if(TIEBEAM_DEVELOPER)
  target_compile_options(tiebeam_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")  # g++ 12 sees overflows in std::string that are none
    target_compile_options(tiebeam_options INTERFACE -Wno-stringop-overflow -Wno-restrict -Wno-array-bounds)
  endif()
endif()

if(TIEBEAM_DEVELOPER)
  enable_testing()
  find_package(GTest REQUIRED)
  include(GoogleTest)
endif()

set_property(GLOBAL PROPERTY tiebeam_test_targets "")

# Compiles the given sources as library `target`, and the tests beside them as `target`_test.
function(tiebeam_library target)
  cmake_parse_arguments(ARG "" "" "SOURCES;TESTS;NEEDS;LIBS" ${ARGN})
  if(ARG_SOURCES)
    add_library(${target} STATIC ${ARG_SOURCES})
    set(kind PUBLIC)
    set_source_files_properties(${ARG_SOURCES} PROPERTIES SKIP_UNITY_BUILD_INCLUSION OFF)
    if(target STREQUAL "tb_base")
      target_precompile_headers(${target} PRIVATE "${CMAKE_SOURCE_DIR}/cmake/pch.h")
    else()
      target_precompile_headers(${target} REUSE_FROM tb_base)
    endif()
  else()
    add_library(${target} INTERFACE)
    set(kind INTERFACE)
  endif()
  target_link_libraries(${target} ${kind} tiebeam_options ${ARG_NEEDS} ${ARG_LIBS})
  if(TIEBEAM_DEVELOPER AND ARG_TESTS)
    add_executable(${target}_test ${ARG_TESTS})
    target_link_libraries(${target}_test PRIVATE ${target} GTest::gtest GTest::gtest_main)
    if(target STREQUAL "tb_base")
      target_precompile_headers(${target}_test PRIVATE "${CMAKE_SOURCE_DIR}/cmake/pch.h" <gtest/gtest.h>)
    else()
      target_precompile_headers(${target}_test REUSE_FROM tb_base_test)
    endif()
    target_compile_definitions(${target}_test PRIVATE TIEBEAM_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    target_compile_options(${target}_test PRIVATE $<$<CONFIG:Release>:-O1>)  # their compilation is what takes time
    gtest_discover_tests(${target}_test NO_PRETTY_VALUES DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 300)
    set_property(GLOBAL APPEND PROPERTY tiebeam_test_targets ${target}_test)
  endif()
endfunction()

function(tiebeam_layer name)
  cmake_parse_arguments(ARG "" "" "NEEDS;LIBS" ${ARGN})
  file(GLOB_RECURSE all CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/${name}/*.cc")
  tiebeam_split("${all}")
  list(TRANSFORM ARG_NEEDS PREPEND tb_)
  tiebeam_library(tb_${name} SOURCES ${sources} TESTS ${tests} NEEDS ${ARG_NEEDS} LIBS ${ARG_LIBS})
endfunction()

# A room: everything in its folder, on top of the application and the command line.
function(tiebeam_room)
  cmake_parse_arguments(ARG "" "NAME" "LIBS" ${ARGN})
  file(GLOB_RECURSE all CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cc")
  tiebeam_split("${all}")
  tiebeam_library(tb_room_${ARG_NAME} SOURCES ${sources} TESTS ${tests} NEEDS tb_cli LIBS ${ARG_LIBS})
  set_property(GLOBAL APPEND PROPERTY tiebeam_rooms ${ARG_NAME})
endfunction()

# all -> sources, tests (fuzz targets are left to tests/CMakeLists.txt)
macro(tiebeam_split all)
  set(sources ${all})
  set(tests ${all})
  list(FILTER sources EXCLUDE REGEX "(_test|_fuzz|_bench)\\.cc$")
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
endmacro()

# rooms.cc calls every room's mount in alphabetical order: no static constructors, nothing dropped.
function(tiebeam_generate_room_registry)
  get_property(rooms GLOBAL PROPERTY tiebeam_rooms)
  list(SORT rooms)
  set(includes "")
  set(calls "")
  set(libraries "")
  foreach(room IN LISTS rooms)
    string(APPEND includes "#include \"rooms/${room}/mount.h\"\n")
    string(APPEND calls "  ${room}::mount(table);\n")
    list(APPEND libraries tb_room_${room})
  endforeach()
  file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/generated/rooms.cc" CONTENT
"// Generated from rooms/*/CMakeLists.txt.
${includes}#include \"apps/tiebeam/rooms.h\"

namespace tiebeam {
void mount_rooms(Table& table) {
${calls}}
}  // namespace tiebeam
" @ONLY)
  set_property(GLOBAL PROPERTY tiebeam_room_libraries "${libraries}")
endfunction()
