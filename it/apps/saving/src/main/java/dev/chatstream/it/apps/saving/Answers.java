package dev.chatstream.it.apps.saving;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The table of answers, behind a pool of one connection. */
final class Answers {

    private final HikariDataSource pool;

    private Answers(HikariDataSource pool) {
        this.pool = pool;
    }

    static Answers in(String jdbcUrl) throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(jdbcUrl);
        config.setMaximumPoolSize(1);
        Answers answers = new Answers(new HikariDataSource(config));
        answers.createTable();
        return answers;
    }

    private void createTable() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS answer (chat VARCHAR PRIMARY KEY, text VARCHAR, fence BIGINT)");
        }
    }

    /** The row is there before the answer begins. */
    void begin(String chat) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("MERGE INTO answer KEY (chat) VALUES (?, '', 0)")) {
            insert.setString(1, chat);
            insert.executeUpdate();
        }
    }

    /** Not over what a later stream of the chat has written. */
    void save(String chat, String text, long fence) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "UPDATE answer SET text = ?, fence = ? WHERE chat = ? AND fence <= ?")) {
            update.setString(1, text);
            update.setLong(2, fence);
            update.setString(3, chat);
            update.setLong(4, fence);
            update.executeUpdate();
        }
    }

    /** Not through the pool, which hands a connection that it does not know to be broken to whoever comes next. */
    String textOf(String chat) throws SQLException {
        try (Connection connection = DriverManager.getConnection(pool.getJdbcUrl());
                PreparedStatement select = connection.prepareStatement("SELECT text FROM answer WHERE chat = ?")) {
            select.setString(1, chat);
            ResultSet row = select.executeQuery();
            return row.next() ? row.getString(1) : "no row";
        }
    }

    /** As another transaction that has the row for itself, until its connection is closed. */
    @SuppressWarnings("MustBeClosedChecker") // the caller closes it
    Connection lock(String chat) throws SQLException {
        Connection other = DriverManager.getConnection(pool.getJdbcUrl());
        other.setAutoCommit(false);
        try (PreparedStatement select = other.prepareStatement("SELECT chat FROM answer WHERE chat = ? FOR UPDATE")) {
            select.setString(1, chat);
            select.executeQuery();
        }
        return other;
    }

    /** As another request that uses the database just then. */
    Connection borrow() throws SQLException {
        return pool.getConnection();
    }
}
