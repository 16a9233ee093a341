// Style sheets, scripts, fonts and pictures that came with the program: every embedded file below "assets/"
// or "kernel/web/public/". "assets/officer.css" is the asset "officer.css", served as
// /assets/officer.<hash>.css for a year without asking again; a new content has a new address.
//   <name>.br, <name>.gz beside a file are its precompressed forms; without them they are made at start.
//   A style sheet's url(fonts/x.woff2) that names another asset is rewritten to that asset's address, and
//     then its forms are made at start.
//   A name that carries its hash already (esbuild's "app-4F3KQ2ZT.js") keeps it and is as immutable.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/embedded.h"

namespace loa::web {

struct Asset {
    std::string name;     // "fonts/be-vietnam-pro-400.woff2"
    std::string address;  // "/assets/fonts/be-vietnam-pro-400.1f0c2a9b3d.woff2"
    std::string content_type;
    std::shared_ptr<const std::string> plain;
    std::shared_ptr<const std::string> gzip;    // null where it would not be smaller
    std::shared_ptr<const std::string> brotli;  // likewise
};

class Assets {
  public:
    /// Those embedded in the program.
    Assets();
    explicit Assets(const std::vector<EmbeddedFile>& files);

    /// The address of "officer.css", for templates ({{@@asset:officer.css}}); nullptr when there is none.
    const std::string* address(std::string_view name) const;
    /// The asset served at an address, or at its bare name "/assets/officer.css"; nullptr when there is none.
    const Asset* at(std::string_view path) const;
    const std::vector<Asset>& all() const { return assets_; }

  private:
    std::vector<Asset> assets_;  // by name
};

}  // namespace loa::web
