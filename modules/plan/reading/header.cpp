#include "reading/header.h"

#include <algorithm>

#include "loa/base/text.h"
#include "reading/agencies.h"
#include "reading/deadlines.h"
#include "reading/lexicon.h"

namespace loa::plan {

namespace {

/// "ỦY BAN NHÂN DÂN TỈNH NINH THUẬN" → "Ủy ban nhân dân tỉnh Ninh Thuận": levels stay small, the field of an
/// office gets one capital, the name of a place one for each syllable.
std::string in_sentence_case(const Text& text) {
    enum class Next { Office, Field, Plain, Place } next = Next::Office;
    std::string out;
    bool after_level = false;
    for (std::size_t at = 0; at < text.size();) {
        const auto start = lexicon().agency_starts.at(text, at);
        const auto tail = lexicon().agency_tails.at(text, at);
        // Behind a level stands the name of a place, whatever it is: "TỈNH SÓC TRĂNG".
        const bool level = at > 0 && is(tail, NameTail::Territory) && !after_level;
        const bool office = !level && is(start, NameStart::Office) && next != Next::Plain;
        const std::size_t words = level ? tail.words : office ? start.words : 1;
        const bool mark = text[at].kind == WordKind::Mark;
        std::string part = mark ? std::string(text.folded(at)) : lower(text.printed(at, at + words));
        if (text.is(at, "ubnd")) part = "Ủy ban nhân dân";
        else if (text.is(at, "hđnd")) part = "HĐND";
        else if (!level && !text.is(at, "và") && next != Next::Plain) part = capitalised(part);
        if (!out.empty() && !(mark && text[at].glued)) out += ' ';
        out += part;
        const bool again = mark || text.is(at, "và");
        after_level = level;
        next = level || next == Next::Place ? Next::Place : office || again ? Next::Field : Next::Plain;
        at += words;
    }
    return replaced(replaced(out, "uỷ", "ủy"), "Uỷ", "Ủy");
}

/// "TỈNH NINH THUẬN", "HÀNH CHÍNH CÔNG XÃ": goes on with the body of the line above.
bool continues_body(const Text& above, const Text& line) {
    const auto start = lexicon().agency_starts.at(line, 0);
    const auto tail = lexicon().agency_tails.at(line, 0);
    if (is(tail, NameTail::Territory) || !start || is(start, NameStart::None)) return true;
    const bool bare_office = above.size() <= 2 && !above.is(0, "ubnd");
    return bare_office || above.is_one_of(above.size() - 1, {"và", "-", "vụ", "ban"}) || !is(start, NameStart::Office);
}

struct HeadingLine {
    Text text;
    LineRange lines;
};

/// The body that issues: the last one of the heading; above it stands its parent.
ParsedItem issuer_of(const std::vector<HeadingLine>& heading) {
    ParsedItem printed;
    for (const auto& [text, lines] : heading) {
        if (!printed.text.empty() && continues_body(Text(printed.text), text)) {
            printed.text += ' ' + text.str();
            printed.source.last = lines.last;
        } else {
            printed = {text.str(), lines};
        }
    }
    const Text text(printed.text);
    const bool bare_office = text.size() == 2 && text.is(0, "văn") && heading.size() > 1;
    const std::string issuer = in_sentence_case(text);
    if (!bare_office) return {issuer, printed.source};
    const auto& parent = heading.front();  // "UBND TỈNH … / VĂN PHÒNG"
    return {issuer + ' ' + in_sentence_case(parent.text), {parent.lines.first, printed.source.last}};
}

bool is_motto(const Text& text) {
    return begins_with(text, {"cộng", "hòa"}) || begins_with(text, {"độc", "lập"}) || begins_with(text, {"đảng", "cộng", "sản"});
}

/// Of a line that was typed as two columns the left one: "UBND TỈNH …      CỘNG HÒA XÃ HỘI …".
Text without_motto(const Text& text) {
    for (std::size_t at = 0; at < text.size(); ++at)
        if ((text.is(at, "cộng") && text.is(at + 1, "hòa") && text.is(at + 2, "xã")) ||
            (text.is(at, "độc") && text.is(at + 1, "lập") && text.is_one_of(at + 2, {"-", "–"})))
            return Text(text.printed(0, at));
    return is_motto(text) ? Text() : text;
}

/// A cell that a converter put on one line, cut again: "UBND TỈNH … Số: 12/KH-UBND", "… Hạnh phúc Gia Lai, ngày …".
std::vector<Text> heading_lines(const Text& text) {
    std::vector<Text> lines;
    std::size_t begin = 0;
    for (std::size_t at = 1; at < text.size(); ++at) {
        const bool number = text.is(at, "số") && text.is(at + 1, ":") && text[at - 1].all_caps;
        const bool behind_motto = text.is(at - 1, "phúc") && text[at].capital;
        if (!number && !behind_motto) continue;
        lines.push_back(without_motto(Text(text.printed(begin, at))));
        begin = at;
    }
    lines.push_back(without_motto(begin == 0 ? text : Text(text.printed(begin, text.size()))));
    return lines;
}

/// "Số: 212/KH-UBND", "Số:      /KH-UBND", "Số: …/KH-STP", of the Party "Số 45-KH/HU"; the word behind it, 0 if
/// there is none.
std::size_t read_number(const Text& text, std::string& number, std::string& symbol) {
    for (std::size_t at = 0; at + 1 < text.size(); ++at) {
        if (!text.is(at, "số") || (at > 0 && !text.is_one_of(at - 1, {"*"}))) continue;
        std::size_t next = at + 1;
        while (next < text.size() && text.is_one_of(next, {":", ".", "…", "_", ","})) ++next;
        std::string digits;
        std::size_t kind = 0;  // "KH" of "45-KH/HU"
        while (next < text.size() && !text.is(next, "/")) {
            if (text.is(next, "-") && !digits.empty() && text.is_letters(next + 1) && text.is(next + 2, "/")) kind = next + 1;
            if (kind == 0 && !text.is_one_of(next, {".", "…", "_", "-", ","}) && (text.is_number(next) || text.is_letters(next))) digits += text.printed(next, next + 1);
            ++next;
        }
        if (next >= text.size()) return 0;
        std::size_t end = next + 1;
        while (end < text.size() && (text[end].glued || end == next + 1)) ++end;
        if (text.is(end, "-") && end + 1 < text.size() && text[end + 1].all_caps) end += 2;  // "KH - UBND"
        if (digits.size() <= 6) number = digits;
        symbol = replaced(text.printed(kind != 0 ? kind : next + 1, end), " ", "");
        return end;
    }
    return 0;
}

/// "Ninh Thuận, ngày 18 tháng 01 năm 2024".
bool read_place_and_date(const Text& text, const LineRange& lines, ParsedHeader& header) {
    for (std::size_t at = 1; at + 1 < text.size(); ++at) {
        if (!text.is(at, "ngày") || !(text.is(at - 1, ",") || (at <= 6 && text[at - 1].capital))) continue;
        const auto date = read_date(text, at, text.size());
        if (!date) return false;
        header.place = text.printed(0, at);
        header.date = date->date;
        header.fields.push_back({HeadField::Place, lines});
        header.fields.push_back({HeadField::Date, lines});
        return true;
    }
    return false;
}

std::string title_of(const std::vector<Piece>& pieces, const Zones& zones, std::size_t type_words) {
    std::string title;
    for (std::size_t i = zones.title; i < zones.title_end; ++i) {
        const Text& text = pieces[i].text;
        const std::size_t first = i == zones.title ? type_words : 0;
        if (!title.empty()) title += ' ';
        title += text.printed(first, text.size());
    }
    return without_stops(title);
}

/// Without a heading: the body that issues, as the opening names it, with the place the date line gives.
ParsedItem issuer_of_opening(const std::vector<Piece>& pieces, const Zones& zones, const std::string& place) {
    static const AgencyNames none;
    const AgencyReader agencies(none);
    for (std::size_t i = zones.title_end; i < zones.sections; ++i) {
        const Text& text = pieces[i].text;
        for (std::size_t at = 0; at < text.size(); ++at) {
            if (at > 0 && !text.is_one_of(at - 1, {".", ",", ";"})) continue;
            const Span name = agencies.name_at(text, at, text.size(), NameContext::Sentence);
            if (name.empty() || !is(lexicon().documents.at(text, name.last), DocumentWord::Issues)) continue;
            std::string issuer = text.printed(name.first, name.last);
            const Text where(place);
            const bool same_level = !where.empty() && text.is(name.last - 1, where.folded(std::min<std::size_t>(1, where.size() - 1))) && where.size() > 2;
            if (!same_level) return {issuer, pieces[i].lines};
            const std::size_t level = issuer.rfind(text.printed(name.last - 2, name.last));
            return {issuer.substr(0, level) + lower(where.printed(0, 2)) + ' ' + where.printed(2, where.size()), pieces[i].lines};
        }
    }
    return {};
}

}  // namespace

ParsedHeader read_header(const std::vector<Piece>& pieces, const Zones& zones) {
    ParsedHeader header;
    std::vector<HeadingLine> heading;
    bool number_seen = false;
    const auto read_line = [&](const Text& text, const Piece& piece) {
        if (text.empty()) return;
        if (!number_seen) {
            if (const std::size_t end = read_number(text, header.number, header.symbol); end > 0) {
                number_seen = true;
                header.fields.push_back({zones.attached ? HeadField::Decision : HeadField::Number, piece.lines});
                if (!zones.attached) header.fields.push_back({HeadField::Symbol, piece.lines});
                read_place_and_date(Text(text.printed(end, text.size())), piece.lines, header);
                return;
            }
        }
        if (header.place.empty() && read_place_and_date(text, piece.lines, header)) return;
        const bool body = lexicon().agency_starts.at(text, 0) || is(lexicon().agency_tails.at(text, 0), NameTail::Territory) || !heading.empty();
        if (!number_seen && body && (piece.in_capitals() || text[0].capital) && text.size() <= 14) heading.push_back({text, piece.lines});
    };
    for (std::size_t i = 0; i < zones.heading_end; ++i)
        for (const Text& line : heading_lines(pieces[i].text)) read_line(line, pieces[i]);
    header.type = "KẾ HOẠCH";
    header.title = title_of(pieces, zones, zones.title < pieces.size() ? type_words(pieces[zones.title].text) : 0);
    if (zones.title < zones.title_end) {
        header.fields.push_back({HeadField::Type, pieces[zones.title].lines});
        header.fields.push_back({HeadField::Title, {pieces[zones.title].lines.first, pieces[zones.title_end - 1].lines.last}});
    }
    const ParsedItem issuer = heading.empty() ? issuer_of_opening(pieces, zones, header.place) : issuer_of(heading);
    header.issuer = issuer.text;
    if (!issuer.text.empty()) header.fields.push_back({HeadField::Issuer, issuer.source});
    if (zones.attached) {
        if (!header.number.empty() || !header.symbol.empty()) header.decision = header.number + "/" + header.symbol;
        header.number.clear();
        header.symbol.clear();
    }
    return header;
}

std::optional<int> year_of(const ParsedHeader& header) {
    const Text title(header.title);
    std::vector<int> years;
    for (std::size_t i = 0; i < title.size(); ++i) {
        const int number = title.integer(i);
        if (number >= 1990 && number <= 2200) years.push_back(number);
    }
    if (years.size() == 1) return years.front();
    return header.date.year ? header.date.year : years.empty() ? std::nullopt : std::optional(years.front());
}

}  // namespace loa::plan
