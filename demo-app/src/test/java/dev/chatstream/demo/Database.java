package dev.chatstream.demo;

import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.transaction.support.TransactionTemplate;

/** A database of a test's own, in memory. */
final class Database implements AutoCloseable {
    private final EmbeddedDatabase database = new EmbeddedDatabaseBuilder()
            .generateUniqueName(true)
            .setType(EmbeddedDatabaseType.H2)
            .addScript("schema.sql")
            .build();
    private volatile Before before = () -> {};
    private final ChatStore store = storeOn(new DelegatingDataSource(database) {
        @Override
        public Connection getConnection() throws SQLException {
            before.connection();
            return super.getConnection();
        }
    });

    private static ChatStore storeOn(DelegatingDataSource source) {
        return new ChatStore(
                JdbcClient.create(source), new TransactionTemplate(new DataSourceTransactionManager(source)));
    }

    ChatStore store() {
        return store;
    }

    /** Done whenever a connection is wanted. */
    void before(Before connection) {
        before = connection;
    }

    @Override
    public void close() {
        database.shutdown();
    }

    /** May fail as a database does. */
    interface Before {
        void connection() throws SQLException;
    }
}
