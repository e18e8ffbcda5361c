package org.openphoneimport.api;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import static org.assertj.core.api.Assertions.assertThat;

class RunJsonTest {

    @Test
    void a_run_shows_its_columns_but_neither_leases_nor_tokens_nor_the_hash_of_the_key() {
        var row = JsonNodeFactory.instance.objectNode().put("total_calls", 7).put("listed_at", "2026-01-01T00:00:00+00:00")
                .put("key_hash", "85db").put("listing_token", "abc").put("listing_lease_owner", "1")
                .put("listing_lease_until", "2026-01-01T00:00:00+00:00").put("listing_deaths", 1).put("listing_failures", 1);

        assertThat(RunJson.columns(row))
                .hasToString("{\"totalCalls\":7,\"listedAt\":\"2026-01-01T00:00:00Z\"}");
    }
}
