internal import Base
internal import Glibc
internal import Server

private let usage = """
    Ordinal, a database server compatible with PostgreSQL 15.

    Usage: ordinal COMMAND [options]

      serve      starts a server (ordinal serve --help)
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
