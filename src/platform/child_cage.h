/* child_cage.h - the walls around a child (child.h). */
#ifndef MAILLAGE_CHILD_CAGE_H
#define MAILLAGE_CHILD_CAGE_H

#include <stdbool.h>

/* Sanitizers map terabytes, and take many times as long. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define CHILD_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define CHILD_SANITIZED 1
#endif
#endif
#ifndef CHILD_SANITIZED
#define CHILD_SANITIZED 0
#endif

/* Give up, for good, everything a child does not need: more than so many
 * seconds of processor, 768 MB of memory, a file written or opened that is not
 * its own, a process, the network. False when the kernel refuses to close a wall. */
bool child_cage(unsigned seconds);

#endif
