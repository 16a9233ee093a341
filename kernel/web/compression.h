// gzip and Brotli for whole bodies, and which of them a browser takes.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace loa::web {

enum class Coding { Plain, Gzip, Brotli };

/// Once: at start, for what is sent often. Each: while a person waits.
enum class Effort { Once, Each };

/// The best of Accept-Encoding (RFC 9110 §12.5.3) among ours. What was compressed once is smaller in Brotli;
/// at the pace of a waiting person gzip is quicker and no larger.
Coding best_coding(std::string_view accept_encoding, Effort effort);
std::string_view name(Coding coding);  // "br", "gzip", "" for plain

std::string compressed(std::string_view bytes, Coding coding, Effort effort);
/// Null when it would not be smaller.
std::shared_ptr<const std::string> compressed_if_smaller(std::string_view bytes, Coding coding,
                                                         Effort effort);

/// Text, JSON, SVG and the like: pictures and fonts are compressed already.
bool is_compressible(std::string_view content_type);
/// Below this a body fits one packet anyway.
inline constexpr std::size_t kCompressedFrom = 1024;

}  // namespace loa::web
