# The web page inside the program. web/pack.mjs makes build/web-packed from the built page; without it
# the program is built without a page. A change of the packed files compiles server/assets.cc again.
function(tiebeam_embed_page)
  set(packed "${CMAKE_SOURCE_DIR}/build/web-packed")
  file(GLOB files CONFIGURE_DEPENDS "${packed}/web_assets.inc" "${packed}/*.raw" "${packed}/*.gz")
  if(NOT EXISTS "${packed}/web_assets.inc")
    message(STATUS "no web page in ${packed}: the program is built without one")
    return()
  endif()
  set_source_files_properties("${CMAKE_SOURCE_DIR}/server/assets.cc" PROPERTIES
    OBJECT_DEPENDS "${files}"
    COMPILE_DEFINITIONS "TIEBEAM_PAGE=\"${packed}\";TIEBEAM_PAGE_LIST=\"${packed}/web_assets.inc\"")
endfunction()
