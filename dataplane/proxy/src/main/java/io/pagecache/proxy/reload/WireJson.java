package io.pagecache.proxy.reload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.pagecache.plan.InvalidPlanException;
import java.io.IOException;

/** The JSON that operator and proxy exchange. What cannot be read is an {@link InvalidPlanException} that names the field. */
public final class WireJson {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private WireJson() {}

    /** @throws InvalidPlanException when the text is not JSON or not a valid {@code type} */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            T value = JSON.readValue(json, type);
            if (value == null) {
                throw new InvalidPlanException("document", "is null: expected a " + type.getSimpleName());
            }
            return value;
        } catch (JsonMappingException e) {
            throw problem(e);
        } catch (JsonProcessingException e) {
            throw new InvalidPlanException(
                    "document",
                    "is not JSON at line %d column %d: %s"
                            .formatted(
                                    e.getLocation().getLineNr(),
                                    e.getLocation().getColumnNr(),
                                    e.getOriginalMessage()));
        } catch (IOException e) {
            throw new InvalidPlanException("document", "cannot be read: " + e.getMessage());
        }
    }

    private static InvalidPlanException problem(JsonMappingException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidPlanException invalid) {
                return invalid;
            }
        }
        String field = path(e);
        return e.getCause() instanceof NullPointerException
                ? new InvalidPlanException(field, "lacks a part that must be there")
                : new InvalidPlanException(field, "cannot be read: " + e.getOriginalMessage());
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.isEmpty() ? "document" : path.toString();
    }

    public static byte[] write(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass().getSimpleName(), e);
        }
    }
}
