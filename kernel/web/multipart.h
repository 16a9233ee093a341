// multipart/form-data (RFC 7578) as it arrives: fields stay in memory, files go to the spool.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "loa/web/http.h"

namespace loa::web {

struct Form {
    Fields fields;
    std::vector<Upload> uploads;
};

class MultipartReader {
  public:
    struct Limits {
        std::size_t fields = 1 << 20;  // bytes of all that is no file, and of the parts' heads
        std::optional<std::filesystem::path> spool = std::nullopt;  // none: a part that is a file is refused
    };
    MultipartReader(std::string_view boundary, Limits limits);

    /// The next bytes. False: refused for good, see refusal(). Throws Fault where the disk refuses.
    bool take(std::string_view bytes);
    /// 0, or the status to refuse the body with: 400 for what is no form, 413 for fields beyond the limit.
    int refusal() const { return refusal_; }
    /// Once all was taken. Nothing when it was refused, or does not end with its closing boundary.
    std::optional<Form> finish();

  private:
    enum class State { Opening, BoundaryEnd, Head, Content, Closed };
    struct Part {
        std::string name;
        std::optional<std::string> file_name;      // cleaned; none: a field
        std::string text;                          // of a field
        std::shared_ptr<SpooledFile> file;         // made with its first byte
    };

    bool step();  // false: more bytes are needed
    bool refuse(int status);
    bool read_opening();
    bool read_boundary_end();
    bool read_head();
    bool read_content();
    void begin_part(std::string_view head);
    void add_content(std::string_view bytes);
    void end_part();
    void count(std::size_t bytes);

    std::string delimiter_;  // CRLF "--" boundary
    Limits limits_;
    State state_ = State::Opening;
    std::string input_;      // taken, not yet used: short, but for the piece that just came
    std::size_t at_ = 0;     // of input_, used so far
    std::size_t lead_ = 0;   // bytes before the content that may belong to the delimiter
    std::size_t counted_ = 0;
    Part part_;
    Form form_;
    int refusal_ = 0;
};

}  // namespace loa::web
