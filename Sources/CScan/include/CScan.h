/// Finders that look at sixteen bytes at once: the inner loops of the scanner.
///
/// C, because a comparison of vectors inlines here and not in Swift's SIMD types. Each finder exists in three forms that
/// give the same: SSE2, which every x86-64 has; NEON, which every 64-bit ARM has; and words of eight bytes (SWAR: D. Knuth,
/// "The Art of Computer Programming", vol. 4A, 7.1.3) for all others, and to test against. No form reads a byte outside of
/// `[from, end)`.
#ifndef CSCAN_H
#define CSCAN_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#define CSCAN_FORM 1
#elif defined(__ARM_NEON) && defined(__aarch64__)
#include <arm_neon.h>
#define CSCAN_FORM 2
#else
#define CSCAN_FORM 0
#endif

/// 0: words of eight bytes, 1: SSE2, 2: NEON.
static inline int cscan_form(void) { return CSCAN_FORM; }

// MARK: - Words of eight bytes

static inline uint64_t cscan_word(const uint8_t *at) {
    uint64_t word;
    memcpy(&word, at, 8);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/// The top bit of each byte that is 0. Exact: no borrow runs from one byte into the next.
static inline uint64_t cscan_zeros(uint64_t word) {
    const uint64_t low = UINT64_C(0x7F7F7F7F7F7F7F7F);
    return ~(((word & low) + low) | word | low);
}

/// The top bit of each byte below 0x20.
static inline uint64_t cscan_controls(uint64_t word) {
    const uint64_t top = UINT64_C(0x8080808080808080);
    return ~((word & ~top) + UINT64_C(0x6060606060606060)) & ~word & top;
}

static inline size_t cscan_find_byte_swar(const uint8_t *bytes, size_t from, size_t end, uint8_t byte) {
    const uint64_t wanted = UINT64_C(0x0101010101010101) * byte;
    size_t at = from;
    for (; at + 8 <= end; at += 8) {
        uint64_t hits = cscan_zeros(cscan_word(bytes + at) ^ wanted);
        if (hits) return at + (size_t)__builtin_ctzll(hits) / 8;
    }
    while (at < end && bytes[at] != byte) at++;
    return at;
}

static inline size_t cscan_find_string_stop_swar(const uint8_t *bytes, size_t from, size_t end) {
    size_t at = from;
    for (; at + 8 <= end; at += 8) {
        uint64_t word = cscan_word(bytes + at);
        uint64_t hits = cscan_zeros(word ^ UINT64_C(0x2222222222222222))
            | cscan_zeros(word ^ UINT64_C(0x5C5C5C5C5C5C5C5C)) | cscan_controls(word);
        if (hits) return at + (size_t)__builtin_ctzll(hits) / 8;
    }
    while (at < end && bytes[at] != '"' && bytes[at] != '\\' && bytes[at] >= 0x20) at++;
    return at;
}

static inline size_t cscan_find_high_swar(const uint8_t *bytes, size_t from, size_t end) {
    size_t at = from;
    for (; at + 8 <= end; at += 8) {
        uint64_t hits = cscan_word(bytes + at) & UINT64_C(0x8080808080808080);
        if (hits) return at + (size_t)__builtin_ctzll(hits) / 8;
    }
    while (at < end && bytes[at] < 0x80) at++;
    return at;
}

// MARK: - Sixteen bytes

#if CSCAN_FORM == 1
typedef __m128i cscan_vector;
static inline cscan_vector cscan_load(const uint8_t *at) { return _mm_loadu_si128((const __m128i *)at); }
static inline cscan_vector cscan_equal(cscan_vector a, uint8_t byte) {
    return _mm_cmpeq_epi8(a, _mm_set1_epi8((char)byte));
}
static inline cscan_vector cscan_below_20(cscan_vector a) {
    return _mm_cmpeq_epi8(_mm_max_epu8(a, _mm_set1_epi8(0x1F)), _mm_set1_epi8(0x1F));
}
static inline cscan_vector cscan_or(cscan_vector a, cscan_vector b) { return _mm_or_si128(a, b); }
static inline int cscan_any(cscan_vector a) { return _mm_movemask_epi8(a) != 0; }
/// Of the first byte with its top bit set. Some byte has it.
static inline size_t cscan_first(cscan_vector a) { return (size_t)__builtin_ctz((unsigned)_mm_movemask_epi8(a)); }
#elif CSCAN_FORM == 2
typedef uint8x16_t cscan_vector;
static inline cscan_vector cscan_load(const uint8_t *at) { return vld1q_u8(at); }
static inline cscan_vector cscan_equal(cscan_vector a, uint8_t byte) { return vceqq_u8(a, vdupq_n_u8(byte)); }
static inline cscan_vector cscan_below_20(cscan_vector a) { return vcltq_u8(a, vdupq_n_u8(0x20)); }
static inline cscan_vector cscan_or(cscan_vector a, cscan_vector b) { return vorrq_u8(a, b); }
/// Four bits of each byte's top bit, in order.
static inline uint64_t cscan_nibbles(cscan_vector a) {
    uint8x16_t tops = vreinterpretq_u8_s8(vshrq_n_s8(vreinterpretq_s8_u8(a), 7));
    return vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(tops), 4)), 0);
}
static inline int cscan_any(cscan_vector a) { return cscan_nibbles(a) != 0; }
static inline size_t cscan_first(cscan_vector a) { return (size_t)__builtin_ctzll(cscan_nibbles(a)) / 4; }
#endif

/// The first place of a byte; `end` where it is not.
static inline size_t cscan_find_byte(const uint8_t *bytes, size_t from, size_t end, uint8_t byte) {
#if CSCAN_FORM != 0
    for (; from + 16 <= end; from += 16) {
        cscan_vector hits = cscan_equal(cscan_load(bytes + from), byte);
        if (cscan_any(hits)) return from + cscan_first(hits);
    }
#endif
    return cscan_find_byte_swar(bytes, from, end, byte);
}

/// The first quote, backslash or control character (below 0x20): where the plain part of a JSON string ends. `end` where
/// there is none.
static inline size_t cscan_find_string_stop(const uint8_t *bytes, size_t from, size_t end) {
#if CSCAN_FORM != 0
    for (; from + 16 <= end; from += 16) {
        cscan_vector part = cscan_load(bytes + from);
        cscan_vector hits = cscan_or(cscan_or(cscan_equal(part, '"'), cscan_equal(part, '\\')), cscan_below_20(part));
        if (cscan_any(hits)) return from + cscan_first(hits);
    }
#endif
    return cscan_find_string_stop_swar(bytes, from, end);
}

/// The first byte from 0x80 on, that is no ASCII; `end` where there is none.
static inline size_t cscan_find_high(const uint8_t *bytes, size_t from, size_t end) {
#if CSCAN_FORM != 0
    for (; from + 16 <= end; from += 16) {
        cscan_vector part = cscan_load(bytes + from);
        if (cscan_any(part)) return from + cscan_first(part);
    }
#endif
    return cscan_find_high_swar(bytes, from, end);
}

/// Asks for the cache line of an address that is read soon. Any address will do.
static inline void cscan_prefetch(const void *address) { __builtin_prefetch(address); }

#endif
