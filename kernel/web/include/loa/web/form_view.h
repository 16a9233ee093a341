// The fields of one form as a page shows them: what stands in each, its words, and what was wrong with it. A form that
// was refused is shown again as it was typed.
//
//     FormView form(work.language, refusal);              // Refusal{&request.form, failure} or nothing
//     form.line({.name = "name", .label = "identity.person_name", .value = person.name});
//     form.into(view);                                    // the template says {{>fields}}
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "loa/base/language.h"
#include "loa/base/result.h"
#include "loa/web/http.h"

namespace loa::web {

struct Refusal {
    const Fields* typed;
    Failure failure;
};

struct Field {
    std::string name;   // of the input, and of the Problem that belongs beside it
    std::string label;  // translation key
    std::string value = {};
    std::string hint = {};          // translation key
    std::string autocomplete = {};  // "email", "one-time-code", "new-password" …
    bool required = false;
    int most_characters = 0;  // 0: as many as one likes
};

class FormView {
  public:
    /// `refusal` must live until into().
    FormView(Language language, const Refusal* refusal) : language_(language), refusal_(refusal) {}

    void line(const Field& field) { add(field, "text"); }
    void email(const Field& field) { add(field, "email"); }
    void number(const Field& field) { add(field, "numeric"); }
    /// A day that is picked; value in ISO form.
    void day(const Field& field) { add(field, "date"); }
    /// Never shown again, whatever was typed.
    void password(const Field& field) { add(field, "password"); }
    void area(const Field& field) { add(field, "area"); }
    void hidden(std::string name, std::string value);

    struct Option {
        std::string value;
        std::string label;  // as it is shown
    };
    /// One of a list; `field.value` is the chosen one's.
    void choice(const Field& field, const std::vector<Option>& options);
    /// Yes ("1") or nothing; `field.value` not empty: yes.
    void check(const Field& field);

    /// Sets "fields"; without any the form stands in the page itself, field by field. Of a refused form also "has_problems", "heading", "problems" ({{>error_summary}}).
    void into(View& view);

  private:
    View begun(const Field& field) const;
    void add(const Field& field, std::string_view kind);
    std::string problem_of(std::string_view field) const;

    Language language_;
    const Refusal* refusal_;
    std::vector<View> fields_;
    std::vector<std::string> names_;
};

}  // namespace loa::web
