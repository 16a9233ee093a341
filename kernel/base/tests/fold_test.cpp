// How text is found and compared whatever keyboard, programme or habit it comes from.
#include <gtest/gtest.h>

#include "loa/base/text.h"

namespace loa {
namespace {

struct Form {
    const char* printed;
    const char* folded;
};

TEST(Fold, FindsWithoutMarks) {
    const Form forms[] = {
        {"Cải  cách", "cai cach"},
        {"cai cach", "cai cach"},
        {"ĐƯỜNG đi Đồng Tháp", "duong di dong thap"},
        {"Uỷ ban, Ủy ban", "uy ban, uy ban"},
        {"hoà, hòa", "hoa, hoa"},
        {"Nghị quyết số 76/NQ-CP", "nghi quyet so 76/nq-cp"},
        {"ẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ", "aaaaaaaaaaaaeeeeeeeeiioooooooooooouuuuuuuyyyy"},
        {"2021 – 2030, 2021—2030, 2021−2030, 2021‑2030", "2021 - 2030, 2021-2030, 2021-2030, 2021-2030"},
        {"“Một cửa” „một‟ «hai»", "\"mot cua\" \"mot\" \"hai\""},
        {"K’Brêu ‘a’ ‚b‛", "k'breu 'a' 'b'"},
        {"", ""},
        {" \u00A0\t\n", ""},
        {"  hai\u00A0\u2003đầu  ", "hai dau"},
    };
    for (const auto& form : forms) EXPECT_EQ(fold(form.printed), form.folded) << form.printed;
}

TEST(Fold, DropsWhatCannotBeSeen) {
    EXPECT_EQ(fold("hành\u00AD chí\u00ADnh"), "hanh chinh");        // soft hyphens of Word
    EXPECT_EQ(fold("một\u200Bcửa\u200C\u200D\u2060\uFEFF"), "motcua");  // zero width
    EXPECT_EQ(fold("\uFEFFmột"), "mot");
    EXPECT_EQ(fold("\u200Emột\u200F cửa"), "mot cua");              // marks of direction, pasted with the text
    EXPECT_EQ(fold("một \u200B cửa"), "mot cua");                   // no second blank
    EXPECT_EQ(fold("một \u200B"), "mot");
}

TEST(Fold, FindsInTextThatWasNotComposed) {
    for (const std::string text : {"Tuye\u0302\u0301n đu\u031Bo\u031B\u0300ng", "Ca\u0309i ca\u0301ch", "e\u0323\u0302"})
        EXPECT_EQ(fold(text), fold(*to_nfc(text))) << text;
}

TEST(Fold, IsTheSameWhenDoneTwice) {
    for (const std::string text : {"“Hoà  Bình” – 2024", "UỶ BAN\u00ADnhân\u200Bdân", "K’Brêu"}) {
        EXPECT_EQ(fold(fold(text)), fold(text)) << text;
        EXPECT_EQ(fold_keeping_marks(fold_keeping_marks(text)), fold_keeping_marks(text)) << text;
    }
}

TEST(Fold, SurvivesWhatIsNoUtf8) {
    EXPECT_EQ(fold("X\xFFà"), "x\uFFFDa");
    EXPECT_EQ(fold_keeping_marks("X\xE1\xBA"), "x\uFFFD\uFFFD");
}

TEST(FoldKeepingMarks, PlacesTonesTheNewWay) {
    const Form forms[] = {
        {"Uỷ ban", "ủy ban"},
        {"Ủy ban", "ủy ban"},
        {"UỶ BAN", "ủy ban"},
        {"Hoà Bình", "hòa bình"},
        {"HOÁ, hoả, hoã, hoạ", "hóa, hỏa, hõa, họa"},
        {"khoẻ, khoè, khoé, loẽ, loẹt, choẹ", "khỏe, khòe, khóe, lõe, loẹt, chọe"},
        {"thuỳ, thuý, thuỷ, thuỹ, thuỵ", "thùy, thúy, thủy, thũy, thụy"},
        {"toà-nhà toà, toà.", "tòa-nhà tòa, tòa."},
        {"“hoà”", "\"hòa\""},
    };
    for (const auto& form : forms) EXPECT_EQ(fold_keeping_marks(form.printed), form.folded) << form.printed;
}

TEST(FoldKeepingMarks, LeavesWhatHasOnlyOneWay) {
    for (const auto* text : {"quý", "quỳ", "quỷ", "hoàn", "ngoài", "khoảng", "tuyết", "huỳnh", "thuyền", "xoèn", "hoa", "đi"})
        EXPECT_EQ(fold_keeping_marks(text), text);
    EXPECT_EQ(fold_keeping_marks("QUÝ"), "quý");
}

TEST(FoldKeepingMarks, TellsApartWhatMarksTellApart) {
    EXPECT_NE(fold_keeping_marks("hoa"), fold_keeping_marks("hòa"));
    EXPECT_NE(fold_keeping_marks("đi"), fold_keeping_marks("di"));
    EXPECT_EQ(fold_keeping_marks(" Phòng\u00A0 Nội\u00AD vụ – “A” "), "phòng nội vụ - \"a\"");
}

}  // namespace
}  // namespace loa
