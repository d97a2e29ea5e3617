#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* CRC32C (Castagnoli) with the processor's instruction; <nmmintrin.h> does not build in a module. */
__attribute__((target("sse4.2"))) static inline uint32_t
ordinal_crc32c(uint32_t crc, const void *data, size_t count)
{
    const uint8_t *bytes = (const uint8_t *)data;
    uint64_t state = crc ^ 0xFFFFFFFFu;
    while (count >= 8) {
        uint64_t word;
        memcpy(&word, bytes, 8);
        state = __builtin_ia32_crc32di(state, word);
        bytes += 8;
        count -= 8;
    }
    uint32_t tail = (uint32_t)state;
    while (count > 0) {
        tail = __builtin_ia32_crc32qi(tail, *bytes++);
        count -= 1;
    }
    return tail ^ 0xFFFFFFFFu;
}

/* Asks for the line of memory that holds an address; any address will do. */
static inline void ordinal_prefetch(const void *address) { __builtin_prefetch(address); }
