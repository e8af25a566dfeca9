/// Texts of any charset as UTF-8, by the C library's iconv.
#ifndef CCHARSET_H
#define CCHARSET_H

#include <stddef.h>
#include <stdint.h>

/// An opened conversion; see `ccharset_open`.
typedef struct ccharset ccharset;

/// Opens the conversion from a charset to UTF-8.
///
/// - name: as mails name it, up to 63 bytes of letters, digits, `-`, `_`, `.`, `:` and `+`; ends with a zero byte.
/// - Returns NULL where the charset is not known. Must be closed by `ccharset_close`.
ccharset *ccharset_open(const char *name);

/// Converts as much as fits. What is no text of the charset becomes U+FFFD, a byte at a time.
///
/// - read, written: how far it got. Nothing is read beyond `count`, nothing written beyond `room`.
/// - Returns 1 when all is converted, 0 when there is more.
int ccharset_convert(
    ccharset *charset, const uint8_t *input, size_t count, size_t *read, uint8_t *output, size_t room, size_t *written);

void ccharset_close(ccharset *charset);

#endif
