internal import Glibc

/// The machine's memory.
public enum Machine {
    public static var memoryBytes: Int {
        max(sysconf(Int32(_SC_PHYS_PAGES)), 1) * max(sysconf(Int32(_SC_PAGESIZE)), 1)
    }
}

/// The machine's processors.
public enum Processors {
    /// How many have nothing to do but the caller's work, as the kernel counts threads that could run.
    /// Costs a few microseconds.
    public static func freeCount() -> Int {
        let count = Thread.processorCount()
        guard count > 1, let running = runningCount() else { return count - 1 }
        return max(count - running, 0)
    }

    /// Threads that run or could run, the caller among them; nil: the kernel does not tell.
    private static func runningCount() -> Int? {
        let file = open("/proc/loadavg", O_RDONLY | O_CLOEXEC)
        if file < 0 { return nil }
        defer { close(file) }
        return withUnsafeTemporaryAllocation(byteCount: 128, alignment: 1) { buffer in
            let count = read(file, buffer.baseAddress, buffer.count)
            guard count > 0 else { return nil }
            return running(inLine: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// `0.20 0.18 0.12 1/80 11206`: the number before the slash.
    static func running(inLine line: UnsafeRawBufferPointer) -> Int? {
        guard let slash = line.firstIndex(of: UInt8(ascii: "/")) else { return nil }
        var result = 0
        var unit = 1
        var index = slash - 1
        while index >= 0, line[index] >= 0x30, line[index] <= 0x39, unit < 1_000_000 {
            result += Int(line[index] - 0x30) * unit
            unit *= 10
            index -= 1
        }
        return unit == 1 ? nil : result
    }
}
