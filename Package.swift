// swift-tools-version: 6.2
import PackageDescription

/// Where `tools/dependencies` unpacks the PostgreSQL server headers, whose node structs describe
/// the raw parse tree of libpg_query.
let postgresHeaders =
    Context.packageDirectory
    + "/.dependencies/postgresql-server-dev-15/usr/include/postgresql/15/server"

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
    .unsafeFlags(["-Xcc", "-I" + postgresHeaders]),
]

/// Row path: no existentials.
let hot: [SwiftSetting] =
    strict + [
        .treatWarning("ExistentialType", as: .error),
        .enableExperimentalFeature("Lifetimes"),
    ]

/// One layer of the server. Layers are listed from the lowest up; a layer names only those below.
func layer(
    _ name: String, _ dependencies: [Target.Dependency], path: String? = nil,
    settings: [SwiftSetting] = strict
) -> Target {
    .target(
        name: name, dependencies: dependencies, path: path ?? "Sources/\(name)",
        swiftSettings: settings)
}

func tests(
    _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
    .testTarget(
        name: name, dependencies: dependencies, path: "Tests/\(name)", exclude: exclude,
        swiftSettings: strict)
}

let package = Package(
    name: "ordinal",
    targets: [
        .systemLibrary(name: "CIntrinsics", path: "Sources/C/CIntrinsics"),
        .systemLibrary(name: "CSystem", path: "Sources/C/CSystem"),
        .systemLibrary(
            name: "CPgQuery", path: "Sources/C/CPgQuery", providers: [.apt(["libpg-query-dev"])]),
        .systemLibrary(name: "CGMP", path: "Sources/C/CGMP", providers: [.apt(["libgmp-dev"])]),
        .systemLibrary(name: "CLZ4", path: "Sources/C/CLZ4", providers: [.apt(["liblz4-dev"])]),
        .systemLibrary(
            name: "CCrypto", path: "Sources/C/CCrypto", providers: [.apt(["libssl-dev"])]),

        layer("Base", ["CIntrinsics"], settings: hot),
        layer("System", ["Base", "CSystem"]),
        layer("Types", ["Base", "System", "CGMP"], settings: hot),
        layer("Functions", ["Types", "CCrypto"], settings: hot),
        layer("Protocol", ["Base"], settings: hot),
        layer("Parse", ["Base", "CPgQuery"]),
        layer("Log", ["System"], path: "Storage/Log", settings: hot),
        layer("Engine", ["Log", "CLZ4"], path: "Storage/Engine", settings: hot),
        layer("Sequences", ["Engine"], settings: hot),
        layer("Catalog", ["Sequences", "Functions"]),
        layer("Query", ["Catalog"]),
        layer("Analyze", ["Query", "Parse"]),
        layer("Plan", ["Query"]),
        layer("Execute", ["Query"]),
        layer("Statement", ["Analyze", "Plan", "Execute"]),
        layer("Session", ["Statement", "Protocol"]),
        layer("Wire", ["Session"]),
        layer("Server", ["Wire"]),
        .executableTarget(
            name: "ordinal", dependencies: ["Server"], path: "Sources/ordinal",
            swiftSettings: strict),

        layer("Support", ["System"], path: "Tests/Support"),
        tests("BaseTests", ["Base"]),
        tests("TypesTests", ["Types"]),
        tests("FunctionsTests", ["Functions"], exclude: ["cases.py"]),
        tests("ProtocolTests", ["Protocol"]),
        tests("SessionTests", ["Server", "Support"]),
        tests("WireTests", ["Server", "Support"]),
        tests("LogTests", ["Log", "Support"]),
        tests("EngineTests", ["Engine", "Support"]),
        tests("ParseTests", ["Parse", "CPgQuery"]),
        tests("CatalogTests", ["Catalog"]),
        tests("SequencesTests", ["Sequences"], exclude: ["nextval.golden"]),
        tests("PlanTests", ["Plan"]),
        tests("ExecuteTests", ["Execute"]),
        tests("StatementTests", ["Statement"]),
    ],
    swiftLanguageModes: [.v6]
)
