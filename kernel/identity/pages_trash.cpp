// /thung-rac: what was deleted and can be taken back.
#include "loa/identity/trash.h"
#include "loa/web/route.h"
#include "page_parts.h"
#include "pages.h"

namespace loa::identity {

namespace {
using web::Request;
using web::Response;
using web::View;

Response show_trash(const Registry& registry, Work& work) {
    std::vector<View> items;
    for (const TrashItem& item : trash(work, registry)) {
        View view;
        view.set("id", to_string(item.id)).set("title", item.title).set("kind", tr(work, item.record.kind));
        view.set("unit", item.unit_name).set("deleted_by", item.deleted_by_name);
        view.set("deleted_at", item.deleted_at.vietnamese()).set("last_day", item.purged_at.date().vietnamese());
        items.push_back(std::move(view));
    }
    View view;
    view.set("hint", tr(work, "identity.trash_hint", {{"days", std::to_string(kDaysInTrash)}}));
    view.flag("any", !items.empty()).set("items", std::move(items));
    return web::show({"identity/trash", tr(work, "identity.trash"), std::move(view), ""});
}

Response post_take_back(const Registry& registry, const Request& request, Work& work) {
    const auto path = take_back(work, registry, request.id());
    return path ? web::redirect(*path) : web::failed(path.failure());
}
}  // namespace

void add_trash_pages(Registry& registry) {
    registry.add(web::Route{.method = web::Method::Get,
                            .pattern = "/thung-rac",
                            .verb = {},
                            .handler = [&registry](const Request&, Work& work) { return show_trash(registry, work); }});
    registry.add(web::Route{.method = web::Method::Post,
                            .pattern = "/thung-rac/{id}/lay-lai",
                            .verb = {},
                            .handler = [&registry](const Request& request, Work& work) { return post_take_back(registry, request, work); }});
}

}  // namespace loa::identity
