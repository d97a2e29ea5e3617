#pragma once
/* PostgreSQL's C names that hide Swift's are renamed before its headers are read. */
#define String PGString
#define Float PGFloat
#define Integer PGInteger
#define Boolean PGBoolean
#include "postgres.h"
#include "nodes/parsenodes.h"
#include "nodes/primnodes.h"
#include "nodes/pg_list.h"
#include "nodes/value.h"
#include "lib/stringinfo.h"
#undef String
#undef Float
#undef Integer
#undef Boolean
#include <pg_query.h>
