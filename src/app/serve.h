/* serve.h - the server as a whole: from a configuration to the last answer. */
#ifndef MAILLAGE_SERVE_H
#define MAILLAGE_SERVE_H

#include "platform/app.h"
#include "platform/config.h"

/* Serve until SIGTERM or SIGINT; returns the process's exit status. */
int serve(const struct config *cfg);

#endif
