#include "CCharset.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

ccharset *ccharset_open(const char *name) {
    // iconv takes flags behind slashes, and some of its charsets are not those of mails: only plain names are passed on.
    size_t length = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:+");
    if (length == 0 || length > 63 || name[length] != 0) return NULL;
    iconv_t opened = iconv_open("UTF-8", name);
    return opened == (iconv_t)-1 ? NULL : (ccharset *)opened;
}

int ccharset_convert(
    ccharset *charset, const uint8_t *input, size_t count, size_t *read, uint8_t *output, size_t room,
    size_t *written) {
    // iconv wants a pointer to plain char and does not write through it.
    char *from = (char *)(uintptr_t)input;
    char *to = (char *)output;
    size_t left = count;
    size_t space = room;
    int done = 0;
    for (;;) {
        if (iconv((iconv_t)charset, &from, &left, &to, &space) != (size_t)-1) {
            // What is held back belongs to the end (stateful charsets).
            done = iconv((iconv_t)charset, NULL, NULL, &to, &space) != (size_t)-1;
            break;
        }
        if (errno == E2BIG || left == 0 || space < 3) break;
        // EILSEQ, or EINVAL for what is cut off at the end.
        memcpy(to, "\xEF\xBF\xBD", 3);
        to += 3;
        space -= 3;
        from += 1;
        left -= 1;
    }
    *read = count - left;
    *written = room - space;
    return done;
}

void ccharset_close(ccharset *charset) { iconv_close((iconv_t)charset); }
