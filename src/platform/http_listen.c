#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "platform/http_internal.h"

#define BACKLOG 1024

static int failed(int fd, const char **why, const char *reason)
{
	if (fd >= 0)
		close(fd);
	*why = reason;
	return -1;
}

/* A socket file that nobody answers on is left over from a server that died. */
static bool is_left_over(const struct sockaddr_un *address)
{
	struct stat st;
	int fd, err;

	if (lstat(address->sun_path, &st) != 0 || !S_ISSOCK(st.st_mode))
		return false;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return false;
	err = connect(fd, (const struct sockaddr *)address, sizeof(*address)) == 0 ? 0 : errno;
	close(fd);
	return err == ECONNREFUSED;
}

static int listen_unix(const char *path, char **unix_path, const char **why)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd;

	if (!*path || strlen(path) >= sizeof(address.sun_path))
		return failed(-1, why, "the path of the socket is empty or too long");
	strcpy(address.sun_path, path);
	if (is_left_over(&address))
		unlink(path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return failed(fd, why, "no socket can be made");
	if (bind(fd, (const struct sockaddr *)&address, sizeof(address)) != 0)
		return failed(fd, why,
			      errno == EADDRINUSE ? "the address is in use"
						  : "the socket cannot be made there");
	*unix_path = strdup(path);
	/* The proxy runs as another user of the same group. */
	if (!*unix_path || chmod(path, 0660) != 0 || listen(fd, BACKLOG) != 0)
		return failed(fd, why, "the socket cannot be listened on");
	return fd;
}

static int port_of(int fd)
{
	struct sockaddr_storage address;
	socklen_t len = sizeof(address);
	char port[8];

	if (getsockname(fd, (struct sockaddr *)&address, &len) != 0 ||
	    getnameinfo((struct sockaddr *)&address, len, NULL, 0, port, sizeof(port), NI_NUMERICSERV) != 0)
		return 0;
	return atoi(port);
}

static int listen_at(const struct addrinfo *at, const char **why)
{
	int fd = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		return failed(fd, why, "no socket can be made");
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &(int){ 1 }, sizeof(int));
	if (bind(fd, at->ai_addr, at->ai_addrlen) != 0)
		return failed(fd, why,
			      errno == EADDRINUSE ? "the address is in use"
			      : errno == EACCES	  ? "this port needs more rights"
						  : "the address is not one of this machine");
	if (listen(fd, BACKLOG) != 0)
		return failed(fd, why, "the socket cannot be listened on");
	return fd;
}

int http_listen(const char *address, int *port, char **unix_path, const char **why)
{
	static const char wanted[] =
		"the address to listen on must be 127.0.0.1:8080, [::1]:8080 or unix:/path";
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
					.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV };
	const char *colon = strrchr(address, ':');
	struct addrinfo *found;
	char host[64];
	size_t len;
	int fd;

	if (strncmp(address, "unix:", 5) == 0)
		return listen_unix(address + 5, unix_path, why);
	if (!colon || colon == address || !colon[1])
		return failed(-1, why, wanted);
	len = (size_t)(colon - address);
	if (address[0] == '[' && colon[-1] == ']') {
		address++;
		len -= 2;
	}
	if (snprintf(host, sizeof(host), "%.*s", (int)len, address) >= (int)sizeof(host) ||
	    getaddrinfo(host, colon + 1, &hints, &found) != 0)
		return failed(-1, why, wanted);
	fd = listen_at(found, why);
	freeaddrinfo(found);
	if (fd >= 0)
		*port = port_of(fd);
	return fd;
}
