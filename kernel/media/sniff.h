// The media type of a file, from its bytes: what people call it does not count.
#pragma once

#include <string_view>
#include <vector>

namespace loa::media {

/// "" for bytes we do not know.
std::string_view media_type_of(std::string_view bytes);

/// The name endings, lower case without the dot, that go with a media type: {"jpg", "jpeg"}. Empty for a type
/// we do not know. Public documents arrive as .docx whose bytes are .doc and the other way round, so those
/// pairs are allowed.
const std::vector<std::string_view>& endings_of(std::string_view media_type);

}  // namespace loa::media
