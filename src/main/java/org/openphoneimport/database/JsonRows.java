package org.openphoneimport.database;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/**
 * Rows as the one JSON array that Postgres' {@code jsonb_to_recordset} reads: the rows of a statement are one parameter,
 * however many there are. Fields are named as columns are: {@code lastActivityAt} is {@code last_activity_at}.
 */
public final class JsonRows {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule().addSerializer(Instant.class, new TimeSerializer()))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private JsonRows() {
    }

    /**
     * Writes the parameter.
     *
     * @param documents records, or maps by the names of columns
     */
    public static String rows(List<?> documents) {
        try {
            return MAPPER.writeValueAsString(documents);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Failed to write " + documents.size() + " rows: " + e.getOriginalMessage(), e);
        }
    }

    private static final class TimeSerializer extends StdSerializer<Instant> {

        private static final long serialVersionUID = 1;

        TimeSerializer() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant time, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(PostgresTime.text(time));
        }
    }
}
