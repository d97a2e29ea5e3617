public import Base
public import Catalog
public import Engine
public import Sequences
public import System

/// A database as sessions use it: storage, catalog, sequences and settings of the server, and which
/// database it is.
public final class OpenDatabase: Sendable {
    public let engine: Engine
    public let catalog: CatalogStore
    public let sequences: SequenceManager
    public let settings: ServerSettings
    /// The server's: NOTIFY and LISTEN.
    public let notifications: NotificationQueue
    /// The server's: who is connected.
    public let sessions: SessionDirectory
    /// The server's.
    public let temporaryFiles: TemporaryFiles
    public let oid: OID
    public let statistics = StatisticsStore()
    let exportedSnapshots = ExportedSnapshots()

    public init(
        engine: Engine, catalog: CatalogStore, sequences: SequenceManager,
        settings: ServerSettings, notifications: NotificationQueue = NotificationQueue(),
        sessions: SessionDirectory = SessionDirectory(), temporaryFiles: TemporaryFiles, oid: OID
    ) {
        self.notifications = notifications
        self.sessions = sessions
        self.temporaryFiles = temporaryFiles
        self.engine = engine
        self.catalog = catalog
        self.sequences = sequences
        self.settings = settings
        self.oid = oid
    }

    public var name: String { catalog.snapshot(of: oid)?.database(oid)?.name ?? "" }
}
