#include <string.h>

#include "platform/embedded.h"

const struct embedded *embedded_find(const struct embedded *table, size_t n, const char *path)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(table[i].path, path) == 0)
			return &table[i];
	return NULL;
}
