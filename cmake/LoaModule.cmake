# The build functions that carry the architecture. Every library has its own include root
# (<lib>/include), so a header of a library that is not NEEDed cannot be found at all.
#
#   loa_kernel(name NEEDS base … [LINK_PUBLIC …] [LINK …])   a kernel library: loa::<name>
#   loa_module(name [SPINE] [LINK …])                        a slice; only the SPINE has include/
#   loa_app(name [LINK …])                                   the one program
#
# Each takes every .cpp of its folder (kinds/ too), every file of sql/, pages/, i18n/ as embedded
# resources, and tests/*_test.cpp as one test program that links only what the library may see.

find_package(fmt REQUIRED)
find_package(GTest REQUIRED)
include(Embed)

# A third of the time of compiling a file went into reading these again. What precompiled headers would hide, a file
# that forgets to include what it uses, shows in the preset tsan, which has none.
set(standard_headers <algorithm> <array> <chrono> <cstdint> <fmt/format.h> <functional> <map> <memory> <optional> <set>
  <span> <string> <string_view> <utility> <variant> <vector>)
add_library(loa_headers OBJECT ${CMAKE_SOURCE_DIR}/cmake/no_code.cpp)
target_link_libraries(loa_headers PRIVATE loa_flags fmt::fmt)
target_precompile_headers(loa_headers PRIVATE ${standard_headers})
# These go over texts letter by letter: instrumented and not optimised, their tests would take minutes more than the
# optimiser does. The fuzz targets use the first two.
set(letter_by_letter "^loa_(base|formats|search)$")
set(letter_by_letter_options -O1 -fsanitize=fuzzer-no-link)
if(LOA_SANITIZE)
  add_library(loa_optimised_headers OBJECT ${CMAKE_SOURCE_DIR}/cmake/no_code.cpp)
  target_link_libraries(loa_optimised_headers PRIVATE loa_flags fmt::fmt)
  target_compile_options(loa_optimised_headers PRIVATE ${letter_by_letter_options})
  target_precompile_headers(loa_optimised_headers PRIVATE ${standard_headers})
endif()
add_library(loa_test_headers OBJECT ${CMAKE_SOURCE_DIR}/cmake/no_code.cpp)
target_link_libraries(loa_test_headers PRIVATE loa_flags fmt::fmt GTest::gmock)
target_compile_options(loa_test_headers PRIVATE -O0)
target_precompile_headers(loa_test_headers PRIVATE ${standard_headers} <gmock/gmock.h> <gtest/gtest.h>)

set(LOA_KERNEL_SEEN "" CACHE INTERNAL "kernel libraries in the order of their declaration")
set(LOA_MODULES_SEEN "" CACHE INTERNAL "modules in the order of their declaration")

function(_loa_library target dir)
  file(GLOB sources CONFIGURE_DEPENDS ${dir}/*.cpp ${dir}/kinds/*.cpp ${dir}/reading/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  add_library(${target} STATIC ${sources})
  target_link_libraries(${target} PUBLIC loa_flags)
  if(LOA_SANITIZE AND target MATCHES "${letter_by_letter}")
    target_compile_options(${target} PRIVATE ${letter_by_letter_options})
    target_precompile_headers(${target} REUSE_FROM loa_optimised_headers)
  else()
    target_precompile_headers(${target} REUSE_FROM loa_headers)
  endif()
  loa_embed(${target} ${dir})
endfunction()

function(_loa_tests target dir)
  file(GLOB tests CONFIGURE_DEPENDS ${dir}/tests/*_test.cpp ${dir}/tests/support/*.cpp)
  if(NOT tests)
    return()
  endif()
  add_executable(${target}_tests ${tests})
  target_include_directories(${target}_tests PRIVATE ${dir})
  if(EXISTS ${dir}/tests/probe)  # tables and statements of the tests' own, owner "probe"
    loa_embed(${target}_tests ${dir}/tests/probe)
  endif()
  target_link_libraries(${target}_tests PRIVATE ${target} ${ARGN} GTest::gmock GTest::gtest_main)
  # Tests are compiled more often than they run: the optimiser would cost more time than it saves.
  target_compile_options(${target}_tests PRIVATE -O0)
  target_precompile_headers(${target}_tests REUSE_FROM loa_test_headers)
  # Where this tree is only those compile anew who ask: the compiler cache knows the others from any other copy of it.
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${target}_tests_places/test_places.h CONTENT
    "#pragma once\n#define LOA_SOURCE_DIR \"${CMAKE_SOURCE_DIR}\"\n#define LOA_TEST_DIR \"${dir}/tests\"\n")
  target_include_directories(${target}_tests PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/${target}_tests_places)
  add_test(NAME ${target}_tests COMMAND ${target}_tests)
endfunction()

function(loa_kernel name)
  cmake_parse_arguments(ARG "" "" "NEEDS;LINK;LINK_PUBLIC" ${ARGN})
  set(dir ${CMAKE_CURRENT_SOURCE_DIR})
  foreach(need IN LISTS ARG_NEEDS)
    if(NOT need IN_LIST LOA_KERNEL_SEEN)
      message(FATAL_ERROR "kernel/${name} NEEDS ${need}, which does not stand above it (rule 2)")
    endif()
  endforeach()
  _loa_library(loa_${name} ${dir})
  target_include_directories(loa_${name} PUBLIC ${dir}/include PRIVATE ${dir})
  list(TRANSFORM ARG_NEEDS PREPEND loa_ OUTPUT_VARIABLE needs)
  target_link_libraries(loa_${name} PUBLIC ${needs} ${ARG_LINK_PUBLIC} PRIVATE ${ARG_LINK})
  set(LOA_KERNEL_SEEN ${LOA_KERNEL_SEEN} ${name} CACHE INTERNAL "")
  _loa_tests(loa_${name} ${dir})
endfunction()

function(loa_module name)
  cmake_parse_arguments(ARG "SPINE" "" "LINK" ${ARGN})
  set(dir ${CMAKE_CURRENT_SOURCE_DIR})
  _loa_library(loa_${name} ${dir})
  target_include_directories(loa_${name} PRIVATE ${dir})
  list(TRANSFORM LOA_KERNEL_SEEN PREPEND loa_ OUTPUT_VARIABLE kernel)
  target_link_libraries(loa_${name} PUBLIC ${kernel} PRIVATE ${ARG_LINK})
  if(ARG_SPINE)
    target_include_directories(loa_${name} PUBLIC ${dir}/include)
  elseif(EXISTS ${dir}/include)
    message(FATAL_ERROR "modules/${name} has include/, so peers could see it (rule 1)")
  else()
    target_link_libraries(loa_${name} PUBLIC loa_plan)
  endif()
  set(LOA_MODULES_SEEN ${LOA_MODULES_SEEN} ${name} CACHE INTERNAL "")
  _loa_tests(loa_${name} ${dir})
endfunction()

function(loa_app name)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  set(dir ${CMAKE_CURRENT_SOURCE_DIR})
  _loa_library(loa_${name}_parts ${dir})
  target_include_directories(loa_${name}_parts PUBLIC ${dir})
  list(TRANSFORM LOA_KERNEL_SEEN PREPEND loa_ OUTPUT_VARIABLE kernel)
  list(TRANSFORM LOA_MODULES_SEEN PREPEND loa_ OUTPUT_VARIABLE modules)
  target_link_libraries(loa_${name}_parts PUBLIC ${kernel} ${modules} PRIVATE ${ARG_LINK})
  add_executable(${name} ${dir}/main.cpp)
  target_link_libraries(${name} PRIVATE loa_${name}_parts)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
  _loa_tests(loa_${name}_parts ${dir})
endfunction()
