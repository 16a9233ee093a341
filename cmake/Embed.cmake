# loa_embed(target dir): compiles every file of dir/{sql,pages,i18n,components,data,public} into the
# target, reachable as loa::embedded_files("<path below the source root>") (loa/base/embedded.h).
find_package(Python3 REQUIRED COMPONENTS Interpreter)

function(loa_embed target dir)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS
    ${dir}/sql/* ${dir}/pages/* ${dir}/i18n/* ${dir}/components/* ${dir}/data/* ${dir}/public/*)
  if(NOT files)
    return()
  endif()
  set(out ${CMAKE_CURRENT_BINARY_DIR}/${target}_embedded.cpp)
  set(list ${CMAKE_CURRENT_BINARY_DIR}/${target}_embedded.txt)
  list(JOIN files "\n" lines)
  file(GENERATE OUTPUT ${list} CONTENT "${lines}\n")
  add_custom_command(OUTPUT ${out}
    COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/cmake/embed.py ${CMAKE_SOURCE_DIR} ${target} ${list} ${out}
    DEPENDS ${files} ${list} ${CMAKE_SOURCE_DIR}/cmake/embed.py
    COMMENT "Embedding the resources of ${target}")
  target_sources(${target} PRIVATE ${out})
  # A catalogue is longer than the standard promises that a literal may be; our compilers take it.
  set_source_files_properties(${out} PROPERTIES COMPILE_OPTIONS $<$<CXX_COMPILER_ID:Clang>:-Wno-overlength-strings>)
  # The registration object would be dropped from a static library: nothing refers to it by name.
  target_link_options(${target} INTERFACE "LINKER:-u,loa_embedded_${target}")
endfunction()
