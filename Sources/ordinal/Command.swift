internal import Base
internal import Glibc
internal import Server

private let usage = """
    Ordinal, a database server compatible with PostgreSQL 15.

    Usage: ordinal COMMAND [options]

      serve      starts a server (ordinal serve --help)
      verify     looks for damage in the data of a server that does not run (ordinal verify --help)
      version    prints the version

    """

/// The command line: a thin layer over what the modules below do.
func ordinalMain() -> Never {
    let arguments = CommandLine.arguments.dropFirst()
    switch arguments.first {
    case "serve":
        do throws(SQLError) {
            guard let options = try ServeOptions(Array(arguments.dropFirst())) else {
                print(ServeOptions.usage, terminator: "")
                exit(0)
            }
            exit(Server.serve(options))
        } catch {
            ServerLog.log(error)
            exit(2)
        }
    case "verify": verify(Array(arguments.dropFirst()))
    case "version", "--version", "-V":
        print("ordinal (compatible with PostgreSQL \(Server.version))")
        exit(0)
    case "--help", "-h", "help":
        print(usage, terminator: "")
        exit(0)
    default:
        print(usage, terminator: "")
        exit(2)
    }
}

/// `ordinal verify [--data DIR]`.
private func verify(_ arguments: [String]) -> Never {
    var directory = ".data"
    var rest = arguments[...]
    while let argument = rest.popFirst() {
        switch argument {
        case "--help", "-h":
            print(Verification.usage, terminator: "")
            exit(0)
        case "--data", "-D":
            if let value = rest.popFirst() {
                directory = value
                continue
            }
            fallthrough
        default:
            if argument.utf8.starts(with: "--data=".utf8) {
                directory = String(argument.dropFirst("--data=".utf8.count))
                continue
            }
            print(Verification.usage, terminator: "")
            exit(2)
        }
    }
    exit(Verification.run(directory))
}
