# One set of flags for every target, so that no target can be laxer than another.
add_library(loa_flags INTERFACE)
target_compile_options(loa_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast -Werror
  # What a designated initialiser leaves out keeps its default: that is why we write them.
  -Wno-missing-field-initializers)
target_compile_definitions(loa_flags INTERFACE _FILE_OFFSET_BITS=64)

if(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_options(loa_flags INTERFACE -fstack-protector-strong -D_FORTIFY_SOURCE=2)
endif()
if(LOA_SANITIZE)
  # Instrumented code confuses this warning of GCC; the release build keeps it.
  target_compile_options(loa_flags INTERFACE -Wno-maybe-uninitialized)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
if(LOA_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined)
  add_link_options(-fsanitize=address,undefined)
endif()

find_program(LOA_LLD ld.lld)
if(LOA_LLD)
  add_link_options(-fuse-ld=lld)
endif()
find_program(LOA_CCACHE ccache)
if(LOA_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${LOA_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${LOA_CCACHE})
endif()
