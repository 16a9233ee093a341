# One set of flags for every target, so that no target can be laxer than another.
add_library(loa_flags INTERFACE)
target_compile_options(loa_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast -Werror
  # What a designated initialiser leaves out keeps its default: that is why we write them.
  -Wno-missing-field-initializers
  # GCC 12 sees std::string read and write past itself once its own headers are precompiled (its bug 105329 and kin);
  # the sanitizers look for what these would have found.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds;-Wno-stringop-overread;-Wno-stringop-overflow;-Wno-restrict>)
target_compile_definitions(loa_flags INTERFACE _FILE_OFFSET_BITS=64)

if(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_options(loa_flags INTERFACE -fstack-protector-strong -D_FORTIFY_SOURCE=2)
endif()
# Clang at -O0 compiles instrumented code in half the time of GCC. Its "function" check can't be assembled for coroutines.
if(LOA_SANITIZE)
  target_compile_definitions(loa_flags INTERFACE LOA_SANITIZED)  # for tests of memory, which instrumented code multiplies
  # What the macros of tests expand to is not looked at for undefined behaviour: a quarter of the compiler's time.
  add_compile_options(-fsanitize=address,undefined -fno-sanitize=function -fno-sanitize-recover=undefined
    -fno-omit-frame-pointer -fsanitize-ignorelist=${CMAKE_SOURCE_DIR}/cmake/sanitizers_ignore.txt)
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
