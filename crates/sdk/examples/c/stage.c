// A stage in C: marks the calls that AWS has denied, whichever of its words a service has for that.
//
// Without libc and without imports, for every host that takes modules of ../../../guest/ABI.md.
// Build it with clang and lld:
//
//     clang --target=wasm32 -std=c11 -O2 -ffreestanding -nostdlib -mbulk-memory -Wall -Wextra \
//         -Wl,--no-entry,--stack-first,-z,stack-size=65536,--max-memory=67108864,--strip-all \
//         -o stage.wasm stage.c

#define NAME "mark-denied"
#define VERSION "1.0.0"
#define DESCRIPTION "Marks the calls that AWS has denied."

#include "trailmill.h"

// What the `errorCode` of a call that was denied has in it.
static const char *const DENIED[] = {
    "AccessDenied",     // most services, also as AccessDeniedException
    "Unauthorized",     // EC2: Client.UnauthorizedOperation
    "NotAuthorized",    // Cognito, Organizations
    "AuthFailure",      // EC2, for what belongs to another account
    "Forbidden",        // S3 and older services
};

// The members that this stage adds.
static const char MEMBER[] = "isDenied";

// Whether `part` stands somewhere in a text.
static bool holds(text in, const char *part) {
    for (const uint8_t *from = in.at; from < in.end; from++) {
        const char *rest = part;
        for (const uint8_t *at = from; *rest && at < in.end && *at == (uint8_t)*rest; at++) {
            rest++;
        }
        if (!*rest) {
            return true;
        }
    }
    return false;
}

// What becomes of a record, which is one JSON object. What stands in `trouble`, if anything, says
// what is the matter with it: a kind and a message.
verdict apply(text record, const char *trouble[2]) {
    text code = member(record, "errorCode");
    if (code.at == code.end) {
        return KEEP;
    }
    if (*code.at != '"' && *code.at != 'n') {
        trouble[0] = "odd-error-code";
        trouble[1] = "`errorCode` is neither a text nor null";
        return TROUBLE;
    }
    for (size_t i = 0; i < sizeof DENIED / sizeof *DENIED; i++) {
        if (holds(code, DENIED[i])) {
            put_with_member(record, MEMBER, "true");
            return REPLACE;
        }
    }
    return KEEP;
}
