#pragma once
/* PostgreSQL's C names that hide Swift's are renamed before its headers are read. */
#define String PGString
#define Float PGFloat
#define Integer PGInteger
#define Boolean PGBoolean
#include <pg_query.h>
#include "postgres.h"
#include "nodes/parsenodes.h"
#include "nodes/primnodes.h"
#include "nodes/pg_list.h"
#include "nodes/value.h"
#include "common/keywords.h"
#include <pg_query/pg_query_internal.h>
#undef String
#undef Float
#undef Integer
#undef Boolean
#undef DEBUG

/* The depth of the C stack, for measuring how much of it a recursion has used. */
static inline uintptr_t ordinal_stack_address(void) {
    return (uintptr_t)__builtin_frame_address(0);
}

/* A word that is copied, so that no reference to the library's data leaves the wrapper. */
static inline int ordinal_keyword_count(void) { return ScanKeywords.num_keywords; }
static inline const char *ordinal_keyword(int index) { return GetScanKeyword(index, &ScanKeywords); }
static inline int ordinal_keyword_category(int index) { return ScanKeywordCategories[index]; }
