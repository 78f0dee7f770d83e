/* child_cage.h - the walls around a child (child.h). */
#ifndef MAILLAGE_CHILD_CAGE_H
#define MAILLAGE_CHILD_CAGE_H

#include <stdbool.h>

/* Give up, for good, everything a child does not need: 10 s of processor,
 * 768 MB of memory, no file written, none opened but its own, no process, no
 * network. False when the kernel refuses to close a wall. */
bool child_cage(unsigned seconds);

#endif
