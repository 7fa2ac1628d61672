// What a stage in C stands on: JSON, memory, and the exports of ../../../guest/ABI.md.
//
// A stage defines NAME, VERSION and DESCRIPTION, includes this once, and writes `apply`. Whatever
// that does, a host gets one JSON object for each record, or none if it says FILTER: what goes in
// and what comes out is checked, nothing recurses, and every buffer has an end that is looked at.
// A stage that hides secrets defines GUARD too: of a record that it can not work on nothing is
// passed on but the fault, and a pipeline with it is a guarded one.
// Memory does not grow: the module has what is declared here, and answers where it does not fit.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EXPORT(name) __attribute__((export_name(name)))
#define DEPTH_MAX 127
#define RECORD_MAX (2u << 20)   // A record that may be anything has six times as many bytes quoted.
#define HEAP_MAX (10u << 20)    // For what hosts hand over.
#define OUT_MAX (16u << 20)     // For an answer.
#define MARK 0x7472636du        // Shows that a block was handed out, and not given back since.

#ifdef GUARD
#define WITHHOLDS true
#define GUARDED "true"
#else
#define WITHHOLDS false
#define GUARDED "false"
#endif

typedef struct { const uint8_t *at, *end; } text;
typedef enum { KEEP, REPLACE, FILTER, TROUBLE } verdict;

verdict apply(text record, const char *trouble[2]);

// ---- JSON: each of these goes over what it is named after, and says whether it was there.

static bool is_digit(uint8_t byte) { return byte >= '0' && byte <= '9'; }
static bool is_blank(uint8_t b) { return b == ' ' || b == '\n' || b == '\r' || b == '\t'; }
static bool is_hex(uint8_t b) {
    return is_digit(b) || (b >= 'a' && b <= 'f') || (b >= 'A' && b <= 'F');
}

static void blanks(text *in) { while (in->at < in->end && is_blank(*in->at)) in->at++; }

static bool byte(text *in, uint8_t wanted) {
    if (in->at == in->end || *in->at != wanted) return false;
    in->at++;
    return true;
}

static bool word(text *in, const char *word) {
    while (*word) if (!byte(in, (uint8_t)*word++)) return false;
    return true;
}

static bool digits(text *in) {
    const uint8_t *from = in->at;
    while (in->at < in->end && is_digit(*in->at)) in->at++;
    return in->at > from;
}

// Fluent Bit loses what is nested deeper than this, and ends with a number beyond the doubles.
static int depth_max = DEPTH_MAX;
static bool is_fluent_bit;

static void host_is(bool fluent_bit) {
    is_fluent_bit = fluent_bit;
    depth_max = fluent_bit ? 63 : DEPTH_MAX;
}

static bool number(text *in) {
    const uint8_t *from = in->at;
    byte(in, '-');
    if (!byte(in, '0') && !digits(in)) return false;
    if (byte(in, '.') && !digits(in)) return false;
    // Beyond these lengths a number may be one of 1e308 or more, and then it is none here.
    if (is_fluent_bit && in->at - from > 200) return false;
    if (!byte(in, 'e') && !byte(in, 'E')) return true;
    if (!byte(in, '+')) byte(in, '-');
    const uint8_t *exponent = in->at;
    return digits(in) && !(is_fluent_bit && in->at - exponent > 2);
}

// The bytes of one character that is not ASCII, by table 3-7 of the Unicode standard.
static bool character(text *in) {
    uint8_t first = *in->at++, low = 0x80, high = 0xbf;
    int more = first < 0xc2 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : first < 0xf5 ? 3 : 0;
    if (first == 0xe0) low = 0xa0;
    if (first == 0xed) high = 0x9f;
    if (first == 0xf0) low = 0x90;
    if (first == 0xf4) high = 0x8f;
    if (!more) return false;
    for (; more; more--, low = 0x80, high = 0xbf) {
        if (in->at == in->end || *in->at < low || *in->at > high) return false;
        in->at++;
    }
    return true;
}

static bool escape(text *in) {
    if (in->at == in->end) return false;
    uint8_t letter = *in->at++;
    for (const char *one = "\"\\/bfnrt"; *one; one++) if (letter == (uint8_t)*one) return true;
    if (letter != 'u' || in->end - in->at < 4) return false;
    for (int i = 0; i < 4; i++) if (!is_hex(*in->at++)) return false;
    return true;
}

// Goes over bytes of a string that are nothing special, eight at a time: interpreters pay for every
// step. A byte that is below another, or not ASCII, has its high bit set in what is computed here;
// what is borrowed from others can only set more bits, and then each byte is looked at.
static void plain(text *in) {
    const uint64_t ones = 0x0101010101010101u;
    for (; in->end - in->at >= 8; in->at += 8) {
        uint64_t eight;
        __builtin_memcpy(&eight, in->at, 8);
        uint64_t quote = (eight ^ ones * '"') - ones, slash = (eight ^ ones * '\\') - ones;
        if (((eight - ones * ' ') | quote | slash | eight) & ones << 7) return;
    }
}

static bool string(text *in) {
    if (!byte(in, '"')) return false;
    for (plain(in); in->at < in->end;) {
        uint8_t next = *in->at;
        if (next >= 0x80) {
            if (!character(in)) return false;
            continue;
        }
        in->at++;
        if (next == '"') return true;
        if (next < ' ' || (next == '\\' && !escape(in))) return false;
    }
    return false;
}

static bool key(text *in) {
    blanks(in);
    if (!string(in)) return false;
    blanks(in);
    return byte(in, ':');
}

static bool value(text *in) {
    uint8_t open[DEPTH_MAX];    // The brackets that close those that are open.
    int depth = 0;
    for (;;) {
        blanks(in);
        if (in->at == in->end) return false;
        uint8_t first = *in->at;
        if (first == '{' || first == '[') {
            if (depth == depth_max) return false;
            in->at++;
            open[depth++] = first + 2;
            blanks(in);
            if (in->at == in->end) return false;
            if (*in->at != first + 2) {
                if (first == '{' && !key(in)) return false;
                continue;
            }
        } else if (first == '"' ? !string(in) : first == 't' ? !word(in, "true")
                 : first == 'f' ? !word(in, "false") : first == 'n' ? !word(in, "null")
                 : !number(in)) {
            return false;
        }
        for (;;) {
            if (!depth) return true;
            blanks(in);
            if (byte(in, ',')) {
                if (open[depth - 1] == '}' && !key(in)) return false;
                break;
            }
            if (!byte(in, open[depth - 1])) return false;
            depth--;
        }
    }
}

static bool is_object(text in) {
    blanks(&in);
    bool opens = in.at < in.end && *in.at == '{';
    if (!opens || !value(&in)) return false;
    blanks(&in);
    return in.at == in.end;
}

// The value of a member of an object, as it stands there, the last one if there are several; empty
// if there is none. A name that is written with escapes is another one.
static text member(text in, const char *name) {
    text found = {in.end, in.end};
    blanks(&in);
    if (!byte(&in, '{')) return found;
    do {
        text is = {0, 0}, named;
        blanks(&in);
        named.at = in.at + 1;
        if (!key(&in)) break;
        named.end = in.at;
        bool same = word(&named, name) && byte(&named, '"');
        blanks(&in);
        is.at = in.at;
        if (!value(&in)) break;
        is.end = in.at;
        if (same) found = is;
        blanks(&in);
    } while (byte(&in, ','));
    return found;
}

// ---- Output.

static uint8_t out[OUT_MAX];
static uint32_t used;
static bool full;

static void put(uint8_t byte) {
    if (used < OUT_MAX - 1) out[used++] = byte; else full = true;
}
static void put_text(text in) { while (in.at < in.end) put(*in.at++); }
static void put_words(const char *words) { while (*words) put((uint8_t)*words++); }

static void put_number(uint32_t number) {
    if (number > 9) put_number(number / 10);
    put('0' + number % 10);
}

// A JSON string of a text that may be anything, or base64 of it where it is not UTF-8.
static void put_raw(text in) {
    static const char B64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    bool is_text = true;
    for (text at = in; at.at < at.end && is_text;) {
        if (*at.at < 0x80) at.at++; else is_text = character(&at);
    }
    put_words(is_text ? "\"raw\":\"" : "\"rawBase64\":\"");
    for (; is_text && in.at < in.end; in.at++) {
        if (*in.at == '"' || *in.at == '\\') put('\\');
        if (*in.at >= ' ') { put(*in.at); continue; }
        put_words("\\u00");
        put('0' + (*in.at >> 4));
        put((uint8_t)"0123456789abcdef"[*in.at & 15]);
    }
    while (in.at < in.end) {
        uint32_t left = (uint32_t)(in.end - in.at), three = (uint32_t)in.at[0] << 16;
        if (left > 1) three |= (uint32_t)in.at[1] << 8;
        if (left > 2) three |= in.at[2];
        put((uint8_t)B64[three >> 18]);
        put((uint8_t)B64[three >> 12 & 63]);
        put(left > 1 ? (uint8_t)B64[three >> 6 & 63] : '=');
        put(left > 2 ? (uint8_t)B64[three & 63] : '=');
        in.at += left < 3 ? left : 3;
    }
    put('"');
}

// An object without its closing bracket, ready for another member.
static void put_open(text in) {
    blanks(&in);
    while (in.at < in.end && *--in.end != '}') {}
    while (in.at < in.end && is_blank(in.end[-1])) in.end--;
    put_text(in);
    if (in.end > in.at && in.end[-1] != '{') put(',');
}

// An object with one member more, whose value is JSON.
static void put_with_member(text object, const char *name, const char *json) {
    put_open(object);
    put('"'), put_words(name), put_words("\":"), put_words(json), put('}');
}

// ---- Memory of hosts: blocks one behind the other, all free again once the last is given back.

static _Alignas(16) uint8_t heap[HEAP_MAX];
static uint32_t top, live;

EXPORT("malloc") uint8_t *trailmill_malloc(uint32_t bytes) {
    if (bytes > HEAP_MAX - 32 || top > HEAP_MAX - 32 - bytes) return 0;
    uint8_t *block = heap + top;
    *(uint32_t *)block = MARK;
    top += 16 + ((bytes + 15) & ~15u);
    live++;
    return block + 16;
}

EXPORT("free") void trailmill_free(uint32_t pointer) {
    uint32_t at = pointer - (uint32_t)heap - 16;
    if (at >= top || at % 16 || *(uint32_t *)(heap + at) != MARK) return;
    *(uint32_t *)(heap + at) = 0;
    if (!--live) top = 0;
}

static bool input(uint32_t pointer, uint32_t length, text *in) {
    uint64_t end = (uint64_t)pointer + length;
    in->at = in->end = heap;
    if (!length) return true;
    if (!pointer || end > (uint64_t)__builtin_wasm_memory_size(0) << 16) return false;
    in->at = (const uint8_t *)pointer;
    in->end = in->at + length;
    return true;
}

// ---- One record.

static verdict judge(text record, const char *trouble[3]) {
    uint32_t from = used;
    trouble[0] = "guest";
    trouble[1] = "no-record", trouble[2] = "it is no JSON object that the host can read";
    if (record.end - record.at > (ptrdiff_t)RECORD_MAX) {
        trouble[1] = "host-record-too-large", trouble[2] = "the record has more than 2097152 bytes";
        return TROUBLE;
    }
    if (!is_object(record)) return TROUBLE;
    blanks(&record);
    while (is_blank(record.end[-1])) record.end--;
    verdict said = apply(record, trouble + 1);
    if (said == TROUBLE) trouble[0] = NAME;
    if (said != REPLACE) used = from, full = false;
    if (said == KEEP) put_text(record);
    bool fits = !full;
    if (said != REPLACE || (fits && is_object((text){out + from, out + used}))) {
        // Rows are lines, and line breaks can stand between tokens only.
        for (uint32_t at = from; at < used; at++) if (out[at] < ' ') out[at] = ' ';
        return said;
    }
    trouble[1] = fits ? "row-no-object" : "row-too-large";
    trouble[2] = "what the stage made of it is no JSON object, or does not fit";
    used = from, full = false;
    return TROUBLE;
}

EXPORT("trailmill_fluent_bit") const uint8_t *trailmill_fluent_bit(
    uint32_t tag, uint32_t tag_length, uint32_t seconds, uint32_t nanoseconds,
    uint32_t record, uint32_t length) {
    (void)tag, (void)tag_length, (void)seconds, (void)nanoseconds;
    const char *trouble[] = {"guest", "no-input", "the host had no memory for the record"};
    text in;
    used = 0, full = false;
    host_is(true);
    bool there = input(record, length, &in);
    if (!there || judge(in, trouble) == TROUBLE) {
        bool quotable = there && !WITHHOLDS && in.end - in.at <= (ptrdiff_t)RECORD_MAX;
        if (there && !WITHHOLDS && is_object(in)) {
            put_open(in);
        } else {
            put('{');
            if (quotable) put_raw(in), put(',');
        }
        put_words("\"trailmillFault\":{\"stage\":\""), put_words(trouble[0]);
        put_words("\",\"kind\":\""), put_words(trouble[1]);
        put_words("\",\"message\":\""), put_words(trouble[2]), put_words("\"}}");
    }
    out[used] = 0;
    return out;
}

// ---- Batches: JSON lines in, an answer of a header and frames out.

static void set(uint32_t at, uint32_t number) {
    for (int i = 0; i < 4; i++) out[at + i] = (uint8_t)(number >> 8 * i);
}

static uint64_t packed(const void *at, uint32_t length) {
    return (uint64_t)(uint32_t)at << 32 | length;
}

static uint64_t words(const char *words) {
    uint32_t length = 0;
    while (words[length]) length++;
    return packed(words, length);
}

static void start(void) {
    used = 0, full = false;
    while (used < 64) put(0);
}

// A frame with nothing in it yet; its length is set when it ends.
static uint32_t frame(uint32_t kind) {
    for (int i = 0; i < 16; i++) put(0);
    set(used - 16, kind);
    set(4, (uint32_t)out[4] + 256u * out[5] + 65536u * out[6] + ((uint32_t)out[7] << 24) + 1);
    return used;
}

static uint64_t failed(const char *message) {
    start();
    uint32_t at = frame(2);
    put_words(message);
    set(at - 4, used - at);
    set(0, 1);
    return packed(out, used);
}

static void put_case(text line, uint32_t offset, const char *trouble[3]) {
    put_words("{\"fault\":\""), put_words(trouble[1]);
    put_words("\",\"message\":\""), put_words(trouble[2]);
    put_words("\",\"stage\":\""), put_words(trouble[0]);
    put_words("\",\"scope\":\"record\",\"source\":\"\",\"container\":\"json-lines\",\"offset\":");
    put_number(offset);
    put_words(",\"collectedAt\":\"\",\"bytes\":"), put_number((uint32_t)(line.end - line.at));
    put(',');
    if (WITHHOLDS) put_words("\"withheld\":true"); else put_raw(line);
    put('}');
}

// Has a line judged, and puts its frame; says what became of it.
static verdict put_line(text line, uint32_t offset) {
    const char *trouble[3];
    uint32_t at = frame(0);
    verdict said = judge(line, trouble);
    if (said == TROUBLE) {
        set(at - 16, 1);
        put_case(line, offset, trouble);
    }
    if (said != FILTER) put('\n');
    set(at - 4, used - at);
    return said;
}

EXPORT("trailmill_process") uint64_t trailmill_process(uint32_t pointer, uint32_t length) {
    uint32_t counts[4] = {0};
    text in;
    host_is(false);
    if (!input(pointer, length, &in)) return failed("there is no memory at this pointer");
    const uint8_t *begin = in.at;
    for (start(); in.at < in.end; in.at++) {
        text line = {in.at, in.at};
        while (in.at < in.end && *in.at != '\n') in.at++;
        for (line.end = in.at; line.end > line.at && is_blank(line.end[-1]);) line.end--;
        blanks(&line);
        if (line.at == line.end) continue;
        uint64_t bytes = (uint64_t)(line.end - line.at);
        if (bytes > RECORD_MAX) return failed("a record has more than 2097152 bytes");
        if (7 * bytes + 4096 > OUT_MAX - used) return failed("the answer would be too large");
        counts[put_line(line, (uint32_t)(line.at - begin))]++;
        if (full) return failed("the answer would be too large");
    }
    uint32_t written = counts[KEEP] + counts[REPLACE];
    set(8, written + counts[FILTER] + counts[TROUBLE]);
    set(16, written);
    set(24, counts[FILTER]);
    set(40, counts[TROUBLE]);
    set(48, counts[TROUBLE]);
    return packed(out, used);
}

// ---- The other exports.

EXPORT("trailmill_abi_version") uint32_t trailmill_abi_version(void) { return 1; }

EXPORT("trailmill_describe") uint64_t trailmill_describe(void) {
    return words(
        "{\"abi\":1,\"name\":\"" NAME "\",\"version\":\"" VERSION "\",\"description\":\"" DESCRIPTION
        "\",\"stages\":[],\"limits\":{\"inputBytes\":10485728,\"answerBytes\":16777216,"
        "\"recordBytes\":2097152},\"pipeline\":{\"name\":\"" NAME "\",\"description\":\"" DESCRIPTION
        "\",\"stages\":[\"" NAME "\"],\"outputs\":[\"1\"],\"guarded\":" GUARDED ",\"files\":[],"
        "\"variables\":[]}}");
}

// Takes one entry without settings in it, as there are none to take.
EXPORT("trailmill_configure") uint64_t trailmill_configure(uint32_t pointer, uint32_t length) {
    static bool taken;
    text in;
    if (!input(pointer, length, &in)) return words("there is no memory at this pointer");
    if (taken) return words("the module holds settings already");
    const uint8_t *head = in.at;
    uint64_t name = 0, value_at = 0;
    for (int i = 3; i >= 0 && length >= 12; i--) {
        name = name << 8 | head[4 + i], value_at = value_at << 8 | head[8 + i];
    }
    if (length < 12 || head[0] || head[1] || head[2] || head[3] || 12 + name + value_at != length)
        return words("the configuration of a stage is one entry, its settings");
    in.at += 12 + name;
    blanks(&in);
    if (in.at < in.end && !word(&in, "null")) {
        bool empty = byte(&in, '{');
        blanks(&in);
        if (!empty || !byte(&in, '}')) return words("this stage takes no settings");
    }
    blanks(&in);
    if (in.at < in.end) return words("this stage takes no settings");
    taken = true;
    return 0;
}

// Quarantine lines of this module tell no origin.
EXPORT("trailmill_origin") uint64_t trailmill_origin(uint32_t pointer, uint32_t length) {
    text in;
    if (!input(pointer, length, &in)) return words("there is no memory at this pointer");
    return is_object(in) ? 0 : words("an origin is a JSON object with `source` and `collectedAt`");
}
