import java.math.BigDecimal;
import java.sql.*;
import java.util.*;
import org.postgresql.PGConnection;

/** pgjdbc: DatabaseMetaData, prepared statements, generated keys, updatable and fetched results, COPY. */
public class JdbcClient {
    interface Question { ResultSet ask() throws SQLException; }

    static void show(String label, Question question) {
        try (ResultSet rows = question.ask()) {
            ResultSetMetaData columns = rows.getMetaData();
            StringBuilder head = new StringBuilder("== " + label + " ");
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                head.append(columns.getColumnName(i)).append(':').append(columns.getColumnTypeName(i)).append(' ');
            }
            System.out.println(head);
            int count = 0;
            for (; rows.next(); count++) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= columns.getColumnCount(); i++) row.append(rows.getString(i)).append('|');
                System.out.println(row);
            }
            System.out.println(count);
        } catch (SQLException error) {
            System.out.println("== " + label + " " + error.getSQLState() + " " + error.getMessage());
        }
    }

    static void schema(Statement statement) throws SQLException {
        for (String sql : new String[] {
            "CREATE SCHEMA j", "SET search_path = j",
            "CREATE TABLE par (id serial PRIMARY KEY, name varchar(20) NOT NULL DEFAULT 'x', amount numeric(10,2), tags text[], doc jsonb, made timestamptz DEFAULT now(), g bigint GENERATED ALWAYS AS IDENTITY, u uuid UNIQUE, twice numeric GENERATED ALWAYS AS (amount * 2) STORED)",
            "CREATE TABLE kid (a int, b int REFERENCES par ON DELETE CASCADE DEFERRABLE, c text, PRIMARY KEY (a, b))",
            "CREATE INDEX kid_c ON kid (lower(c), a DESC) WHERE c IS NOT NULL",
            "CREATE VIEW v AS SELECT id, name FROM par", "CREATE SEQUENCE loose", "CREATE TYPE mood AS ENUM ('sad', 'ok')",
            "CREATE DOMAIN positive AS int CHECK (VALUE > 0)", "CREATE TYPE pair AS (x int, y text)", "CREATE TABLE typed (m mood, p positive, q pair)",
            "CREATE TABLE parts (k int, n int) PARTITION BY LIST (k)", "CREATE TABLE parts_1 PARTITION OF parts FOR VALUES IN (1)",
            "COMMENT ON TABLE par IS 'parents'", "COMMENT ON COLUMN par.name IS 'the name'", "GRANT SELECT ON par TO PUBLIC"}) statement.execute(sql);
    }

    static void metadata(DatabaseMetaData data) throws SQLException {
        System.out.println(data.getDatabaseProductName() + " " + data.getDatabaseMajorVersion() + " " + data.getMaxColumnNameLength() + " "
            + data.getDefaultTransactionIsolation() + " " + data.supportsSavepoints() + " " + data.getUserName() + data.getIdentifierQuoteString());
        System.out.println(data.getSQLKeywords().length() + " " + data.getNumericFunctions().length());
        show("schemas", data::getSchemas);
        show("catalogs", data::getCatalogs);
        show("table types", data::getTableTypes);
        show("tables", () -> data.getTables(null, "j", "%", null));
        show("some tables", () -> data.getTables(null, "j", "%", new String[] {"TABLE", "VIEW", "SEQUENCE", "INDEX", "PARTITIONED TABLE", "TYPE"}));
        show("columns", () -> data.getColumns(null, "j", "%", "%"));
        show("primary keys", () -> data.getPrimaryKeys(null, "j", "kid"));
        show("imported keys", () -> data.getImportedKeys(null, "j", "kid"));
        show("exported keys", () -> data.getExportedKeys(null, "j", "par"));
        show("cross reference", () -> data.getCrossReference(null, "j", "par", null, "j", "kid"));
        show("best row", () -> data.getBestRowIdentifier(null, "j", "kid", DatabaseMetaData.bestRowSession, true));
        show("versions", () -> data.getVersionColumns(null, "j", "kid"));
        show("table privileges", () -> data.getTablePrivileges(null, "j", "par"));
        show("column privileges", () -> data.getColumnPrivileges(null, "j", "par", "name"));
        show("procedures", () -> data.getProcedures(null, null, "nosuch"));
        show("functions", () -> data.getFunctions(null, "pg_catalog", "lpad"));
        show("function columns", () -> data.getFunctionColumns(null, "pg_catalog", "lpad", null));
        show("UDTs", () -> data.getUDTs(null, "j", null, null));
        show("client info", data::getClientInfoProperties);
        show("super tables", () -> data.getSuperTables(null, "j", "%"));
    }

    /** Sizes of indexes are pages, which differ: all but those columns. */
    static void indexes(DatabaseMetaData data, String table) throws SQLException {
        try (ResultSet rows = data.getIndexInfo(null, "j", table, false, true)) {
            while (rows.next()) {
                System.out.println(rows.getString("INDEX_NAME") + rows.getBoolean("NON_UNIQUE") + rows.getInt("ORDINAL_POSITION")
                    + rows.getString("COLUMN_NAME") + rows.getString("ASC_OR_DESC") + rows.getString("FILTER_CONDITION") + rows.getShort("TYPE"));
            }
        }
    }

    static void types(DatabaseMetaData data) throws SQLException {
        Set<String> wanted = new HashSet<>(Arrays.asList("int4", "int8", "text", "varchar", "numeric", "bool", "timestamptz", "jsonb", "uuid", "bytea", "_int4", "mood", "positive", "pair", "oid", "date", "interval"));
        try (ResultSet rows = data.getTypeInfo()) {
            while (rows.next()) if (wanted.contains(rows.getString(1))) System.out.println(rows.getString(1) + " " + rows.getInt(2) + " " + rows.getInt(3) + rows.getBoolean(8) + rows.getShort(9));
        }
    }

    static void statements(Connection connection, Statement statement) throws SQLException {
        PreparedStatement insert = connection.prepareStatement("INSERT INTO par (name, amount, tags, doc, u) VALUES (?, ?, ?, ?::jsonb, ?)", Statement.RETURN_GENERATED_KEYS);
        for (int n = 0; n < 8; n++) {
            insert.setString(1, "n" + n);
            insert.setBigDecimal(2, new BigDecimal("1.5"));
            insert.setArray(3, connection.createArrayOf("text", new String[] {"a", null, "b\"c"}));
            insert.setString(4, "{\"a\": 1}");
            insert.setObject(5, new UUID(0, n));
            insert.executeUpdate();
            ResultSet keys = insert.getGeneratedKeys();
            keys.next();
            System.out.print(keys.getInt("id") + " " + keys.getLong("g") + " " + keys.getBigDecimal("twice") + "; ");
        }
        System.out.println();
        PreparedStatement select = connection.prepareStatement("SELECT id, name, amount, tags, doc, made > '2020-01-01', g, u FROM par WHERE id = ANY (?) ORDER BY id");
        for (int n = 0; n < 7; n++) {
            select.setArray(1, connection.createArrayOf("int4", new Integer[] {n, n + 1}));
            ResultSet rows = select.executeQuery();
            while (rows.next()) System.out.print(rows.getInt(1) + rows.getString(2) + rows.getBigDecimal(3) + Arrays.toString((Object[]) rows.getArray(4).getArray()) + rows.getObject(5) + rows.getBoolean(6) + rows.getObject(8));
            System.out.println();
        }
        System.out.println(select.getParameterMetaData().getParameterTypeName(1));
        ResultSetMetaData columns = select.getMetaData();
        for (int i = 1; i <= columns.getColumnCount(); i++) System.out.print(columns.getColumnTypeName(i) + columns.isNullable(i) + columns.isAutoIncrement(i) + columns.getTableName(i) + columns.getPrecision(i) + "; ");
        System.out.println();
        connection.setAutoCommit(false);
        Savepoint savepoint = connection.setSavepoint("x");
        for (String sql : new String[] {"SELECT 1/0", "SELECT nosuch", "INSERT INTO par (u) VALUES ('00000000-0000-0000-0000-000000000001')", "SELECT 'sad'::mood < 'ok', ROW(1, 'a')::pair, 5::positive, (ROW(1, 'a')::pair).y"}) {
            show(sql, () -> statement.executeQuery(sql));
            connection.rollback(savepoint);
        }
        Statement updatable = connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
        ResultSet rows = updatable.executeQuery("SELECT id, name FROM par ORDER BY id");
        rows.absolute(3);
        rows.updateString("name", "updated");
        rows.updateRow();
        rows.last();
        System.out.println(rows.getRow());
        rows.moveToInsertRow();
        rows.updateInt(1, 100);
        rows.updateString(2, "inserted");
        rows.insertRow();
        rows.first();
        rows.deleteRow();
        Statement fetching = connection.createStatement();
        fetching.setFetchSize(3);
        ResultSet fetched = fetching.executeQuery("SELECT name FROM par ORDER BY id");
        while (fetched.next()) System.out.print(fetched.getString(1) + ",");
        System.out.println();
        for (int n = 0; n < 3; n++) statement.addBatch("INSERT INTO kid VALUES (" + n + ", 2, 'k')");
        System.out.println(Arrays.toString(statement.executeBatch()));
        connection.commit();
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        show("isolation", () -> statement.executeQuery("SHOW transaction_isolation"));
        show("read only", () -> statement.executeQuery("UPDATE kid SET c = 'x' RETURNING c"));
        connection.rollback();
        connection.setReadOnly(false);
        connection.setAutoCommit(true);
    }

    public static void main(String[] arguments) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        Connection connection = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + arguments[1] + "/postgres", properties);
        Statement statement = connection.createStatement();
        schema(statement);
        metadata(connection.getMetaData());
        indexes(connection.getMetaData(), "kid");
        indexes(connection.getMetaData(), "par");
        types(connection.getMetaData());
        statements(connection, statement);
        System.out.println(connection.getSchema() + " " + connection.getCatalog() + " " + connection.isValid(2));
        java.io.StringWriter copied = new java.io.StringWriter();
        connection.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY kid TO STDOUT", copied);
        System.out.print(copied);
        CallableStatement call = connection.prepareCall("{? = call upper(?)}");
        call.registerOutParameter(1, Types.VARCHAR);
        call.setString(2, "abc");
        call.execute();
        System.out.println(call.getString(1));
        statement.execute("DROP SCHEMA j CASCADE");
        connection.close();
    }
}
