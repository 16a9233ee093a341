// Lists by type, filled once at start by every slice's join(Registry&). It knows no type itself: what a
// Route or a Job is, the library that owns it says.
#pragma once

#include <any>
#include <typeindex>
#include <unordered_map>
#include <utility>
#include <vector>

namespace loa {

class Registry {
  public:
    template <class T>
    void add(T item) {
        list<T>().push_back(std::move(item));
    }

    /// In the order of registration.
    template <class T>
    const std::vector<T>& all() const {
        static const std::vector<T> none;
        const auto found = lists_.find(typeid(T));
        return found == lists_.end() ? none : *std::any_cast<std::vector<T>>(&found->second);
    }

  private:
    template <class T>
    std::vector<T>& list() {
        auto& slot = lists_[typeid(T)];
        if (!slot.has_value()) slot = std::vector<T>{};
        return *std::any_cast<std::vector<T>>(&slot);
    }

    std::unordered_map<std::type_index, std::any> lists_;
};

}  // namespace loa
