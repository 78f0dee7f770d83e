#include "observatory/national_columns.h"

#include <stddef.h>

const char *const national_names[COLUMNS][VERSIONS] = {
#define COLUMN(name, second, first) [name] = { [FIRST] = first, [SECOND] = second },
#include "observatory/national_columns.def"
#undef COLUMN
};
