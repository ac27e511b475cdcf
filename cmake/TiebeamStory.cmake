# The demonstration's story inside the program: a list of the files of demo/, and a new compilation of
# application/demonstration/built_in_story.cc whenever one of them changes.
function(tiebeam_embed_story)
  set(folder "${CMAKE_SOURCE_DIR}/demo")
  file(GLOB files CONFIGURE_DEPENDS RELATIVE "${folder}" "${folder}/*.csv" "${folder}/*.json")
  list(SORT files)
  set(lines "")
  set(paths "")
  set(index 0)
  foreach(file IN LISTS files)
    string(APPEND lines "TB_STORY(${index}, \"${file}\")\n")
    list(APPEND paths "${folder}/${file}")
    math(EXPR index "${index} + 1")
  endforeach()
  set(list "${CMAKE_BINARY_DIR}/generated/story.inc")
  file(CONFIGURE OUTPUT "${list}" CONTENT "${lines}" @ONLY)
  set_source_files_properties("${CMAKE_SOURCE_DIR}/application/demonstration/built_in_story.cc" PROPERTIES
    OBJECT_DEPENDS "${paths}"
    COMPILE_DEFINITIONS "TIEBEAM_STORY=\"${folder}\";TIEBEAM_STORY_LIST=\"${list}\"")
endfunction()

# The same for the readable files of a room: those of `folder` with `ending`, as TB_CARRIED(index, name), for the
# one source file that puts them among the program's constants.
function(tiebeam_embed_files folder ending source)
  file(GLOB files CONFIGURE_DEPENDS RELATIVE "${folder}" "${folder}/*.${ending}")
  list(SORT files)
  set(lines "")
  set(paths "")
  set(index 0)
  foreach(file IN LISTS files)
    string(APPEND lines "TB_CARRIED(${index}, \"${file}\")\n")
    list(APPEND paths "${folder}/${file}")
    math(EXPR index "${index} + 1")
  endforeach()
  string(MAKE_C_IDENTIFIER "${source}" name)
  set(list "${CMAKE_BINARY_DIR}/generated/${name}.inc")
  file(CONFIGURE OUTPUT "${list}" CONTENT "${lines}" @ONLY)
  set_source_files_properties("${CMAKE_CURRENT_SOURCE_DIR}/${source}" PROPERTIES
    OBJECT_DEPENDS "${paths}"
    COMPILE_DEFINITIONS "TIEBEAM_CARRIED=\"${folder}\";TIEBEAM_CARRIED_LIST=\"${list}\"")
endfunction()
