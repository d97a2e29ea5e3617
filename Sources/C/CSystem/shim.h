#pragma once
/* What Glibc's overlay leaves out of Swift's sight. Without _GNU_SOURCE: the modules would differ. */
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

static inline int ordinal_accept4(int fd, struct sockaddr *address, socklen_t *length, int flags)
{
    extern int accept4(int, struct sockaddr *, socklen_t *, int);
    return accept4(fd, address, length, flags);
}
