# Third-party libraries, all from the system. See docs/adr for why each is used.
find_package(PkgConfig REQUIRED)
find_package(fmt REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(Threads REQUIRED)

function(tiebeam_pkg name module)
  pkg_check_modules(${name}_pc REQUIRED IMPORTED_TARGET ${module})
  add_library(${name} INTERFACE)
  target_link_libraries(${name} INTERFACE PkgConfig::${name}_pc)
endfunction()
tiebeam_pkg(xxhash libxxhash)
if(TIEBEAM_KERNEL_ONLY)
  return()
endif()

find_package(SQLite3 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(CLI11 REQUIRED)
find_package(simdjson REQUIRED)
find_package(date REQUIRED)
tiebeam_pkg(zstd libzstd)
tiebeam_pkg(sodium libsodium)
tiebeam_pkg(zip libzip)
add_library(date-tz INTERFACE)
target_link_libraries(date-tz INTERFACE date::date-tz)

# Boost.Asio and Boost.Beast: header-only, compiled once in server/listener_library.cc.
find_package(Boost 1.81 REQUIRED)
add_library(boost-asio INTERFACE)
target_link_libraries(boost-asio INTERFACE Boost::headers Threads::Threads)
target_compile_definitions(boost-asio INTERFACE BOOST_ASIO_SEPARATE_COMPILATION
  BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED)
