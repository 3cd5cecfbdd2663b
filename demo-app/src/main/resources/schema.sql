-- answer: what has been written of the answer under way; null when there is none.
-- fence:  of the stream that wrote last; a stream with a lower one has been overtaken and writes nothing more.
CREATE TABLE IF NOT EXISTS chat (
    id     VARCHAR(64) PRIMARY KEY,
    owner  VARCHAR(64) NOT NULL,
    answer CLOB,
    fence  BIGINT      NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS message (
    number  BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    chat_id VARCHAR(64) NOT NULL REFERENCES chat,
    role    VARCHAR(16) NOT NULL,
    text    CLOB        NOT NULL,
    state   VARCHAR(16) NOT NULL
);
