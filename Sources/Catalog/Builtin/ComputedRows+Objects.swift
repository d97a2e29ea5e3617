internal import Base

/// Schemas, dependencies, comments and what else belongs to one database.
extension ComputedRows {
    static let objectGenerators: [String: Generator] = [
        "pg_namespace": { context in
            context.snapshot.namespaces.map {
                [
                    .oid($0.oid), .text($0.name), .oid($0.owner),
                    privileges($0.privileges, context),
                ]
            }
        },
        "pg_init_privs": { context in
            let schemas = (BuiltinObjects.namespaces + [BuiltinObjects.publicNamespace])
                .filter { $0.privileges != nil }
                .map { namespace -> [ComputedValue] in
                    [
                        .oid(namespace.oid), .oid(SystemOID.namespace), .int(0), .char("i"),
                        privileges(namespace.privileges, context),
                    ]
                }
            let functions = SystemRows.functions.compactMap { row -> [ComputedValue]? in
                guard let list = row.last, case .texts = list else { return nil }
                return [row[0], .oid(SystemOID.procedure), .int(0), .char("i"), list]
            }
            return schemas + functions
        },
        "pg_depend": { context in
            context.snapshot.allDependencies.map { dependency in
                let dependent = dependency.dependent
                // It is its rule through which a view depends on what it reads.
                let isOfRule =
                    dependency.kind == .normal && dependent.classID == SystemOID.relation
                    && dependency.referenced.classID != SystemOID.namespace
                    && context.snapshot.relation(dependent.objectID)?.kind.isOfQuery == true
                return (isOfRule ? rule(of: dependent.objectID) : address(dependent))
                    + address(dependency.referenced) + [.char(dependency.kind.rawValue)]
            } + viewRules(context) + [
                address(BuiltinExtension.languageAddress) + address(BuiltinExtension.address)
                    + [.char("e")]
            ]
        },
        "pg_description": { context in
            context.snapshot.comments.map { object, text in
                [
                    .oid(object.objectID), .oid(object.classID), .int(Int(object.subID)),
                    .text(text),
                ]
            } + builtinDescriptions(context)
        },
        "pg_shdescription": { context in
            context.snapshot.sharedComments.map { object, text in
                [.oid(object.objectID), .oid(object.classID), .text(text)]
            }
        },
        "pg_am": { _ in
            [[.oid(SystemOID.heapAccessMethod), .text("heap"), .oid(.invalid), .char("t")]]
                + AccessMethod.allCases.map {
                    [.oid($0.oid), .text($0.name), .oid(.invalid), .char("i")]
                }
        },
        "pg_language": { _ in
            [
                (OID(12), "internal", OID(2246)), (OID(13), "c", OID(2247)),
                (OID(14), "sql", OID(2248)),
                (BuiltinExtension.language, BuiltinExtension.name, BuiltinExtension.validator),
            ].map { (oid: OID, name: String, validator: OID) -> [ComputedValue] in
                let isOfExtension = oid == BuiltinExtension.language
                return [
                    .oid(oid), .text(name), .oid(SystemOID.superuser), .bool(isOfExtension),
                    .bool(isOfExtension || name == "sql"),
                    .oid(isOfExtension ? BuiltinExtension.callHandler : .invalid),
                    .oid(isOfExtension ? BuiltinExtension.inlineHandler : .invalid),
                    .oid(validator), .null,
                ]
            }
        },
        "pg_extension": { _ in
            [
                [
                    .oid(BuiltinExtension.oid), .text(BuiltinExtension.name),
                    .oid(SystemOID.superuser), .oid(SystemOID.catalogNamespace), .bool(false),
                    .text(BuiltinExtension.version), .null, .null,
                ]
            ]
        },
        "pg_available_extensions": { _ in
            [
                [
                    .text(BuiltinExtension.name), .text(BuiltinExtension.version),
                    .text(BuiltinExtension.version), .text(BuiltinExtension.comment),
                ]
            ]
        },
        "pg_available_extension_versions": { _ in
            [
                [
                    .text(BuiltinExtension.name), .text(BuiltinExtension.version), .bool(true),
                    .bool(true), .bool(true), .bool(false), .text("pg_catalog"), .null,
                    .text(BuiltinExtension.comment),
                ]
            ]
        },
        "pg_collation": { _ in
            [
                (100, "default", "d", -1, nil), (950, "C", "c", -1, "C"),
                (951, "POSIX", "c", -1, "POSIX"), (12340, "ucs_basic", "c", 6, "C"),
            ].map {
                (oid: UInt32, name: String, provider: Character, encoding: Int, locale: String?) in
                [
                    .oid(OID(oid)), .text(name), .oid(SystemOID.catalogNamespace),
                    .oid(SystemOID.superuser), .char(provider), .bool(true), .int(encoding),
                    .optional(locale), .optional(locale), .null, .null,
                ]
            }
        },
    ]

    /// Comments that come with the server, but for those that were replaced.
    private static func builtinDescriptions(_ context: ComputedContext) -> [[ComputedValue]] {
        let all = SystemRows.descriptions + BuiltinExtension.descriptions
        let replaced = Set(
            context.snapshot.comments.map(\.object).filter { $0.objectID < .firstUser })
        if replaced.isEmpty { return all }
        return all.filter {
            !replaced.contains(
                ObjectAddress(classID: $0[1].oidValue, objectID: $0[0].oidValue))
        }
    }

    private static func rule(of view: OID) -> [ComputedValue] {
        [.oid(SystemOID.rewriteRule), .oid(ruleOID(of: view)), .int(0)]
    }

    /// A view's rule belongs to the view.
    private static func viewRules(_ context: ComputedContext) -> [[ComputedValue]] {
        context.snapshot.relations.filter { $0.kind.isOfQuery }.flatMap { view in
            ["i", "n"].map { (kind: Character) in
                rule(of: view.oid) + [.oid(SystemOID.relation), .oid(view.oid), .int(0), .char(kind)]
            }
        }
    }

    /// A default's address is that of its row in pg_attrdef.
    private static func address(_ object: ObjectAddress) -> [ComputedValue] {
        if object.classID == SystemOID.columnDefault {
            let row = defaultOID(Int(object.subID) - 1, of: object.objectID)
            return [.oid(object.classID), .oid(row), .int(0)]
        }
        return [.oid(object.classID), .oid(object.objectID), .int(Int(object.subID))]
    }
}
