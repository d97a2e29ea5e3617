/// Publications and subscriptions.

public enum PublicationObject: Sendable {
    case table(RangeVariable, columns: [String], filter: SyntaxExpression?)
    case tablesInSchema(String, location: Int)
    case tablesInCurrentSchema(location: Int)
}

public struct CreatePublicationStatement: Sendable {
    public var name: String
    public var options: [DefinitionElement]
    public var objects: [PublicationObject]
    public var isForAllTables: Bool
}

public struct AlterPublicationStatement: Sendable {
    public enum Action: Sendable { case add, drop, set }
    public var name: String
    public var options: [DefinitionElement]
    public var objects: [PublicationObject]
    public var action: Action
}

public struct CreateSubscriptionStatement: Sendable {
    public var name: String
    public var connection: String
    public var publications: [String]
    public var options: [DefinitionElement]
}

public struct AlterSubscriptionStatement: Sendable {
    public enum Kind: Sendable {
        case options, connection, setPublication, addPublication, dropPublication, refresh, enabled
        case skip
    }
    public var kind: Kind
    public var name: String
    public var connection: String?
    public var publications: [String]
    public var options: [DefinitionElement]
}

public struct DropSubscriptionStatement: Sendable {
    public var name: String
    public var ifExists: Bool
    public var behavior: DropBehavior
}
