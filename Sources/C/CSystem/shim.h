#pragma once
/* What Glibc's overlay leaves out of Swift's sight. Without _GNU_SOURCE: the modules would differ. */
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <iconv.h>

static inline int ordinal_accept4(int fd, struct sockaddr *address, socklen_t *length, int flags)
{
    extern int accept4(int, struct sockaddr *, socklen_t *, int);
    return accept4(fd, address, length, flags);
}

/* Names the calling thread in ps and debuggers; the kernel keeps 15 bytes. */
static inline void ordinal_name_thread(const char *name)
{
    extern int prctl(int, ...);
    prctl(15 /* PR_SET_NAME */, name, 0, 0, 0);
}
