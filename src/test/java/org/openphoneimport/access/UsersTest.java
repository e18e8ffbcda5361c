package org.openphoneimport.access;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.openphoneimport.secret.Secrets;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

import at.favre.lib.crypto.bcrypt.BCrypt;

import static org.assertj.core.api.Assertions.assertThat;

/** What the time of an answer tells. It is the processor's, which other processes take nothing of. */
class UsersTest {

    // Neither the usual one, nor so cheap that something else takes longer.
    private static final int COST = 12;

    @Test
    void a_name_that_does_not_exist_costs_what_those_cost_that_do() {
        var users = users("olga:" + hash() + ":operator");
        nanosToRefuse(users, "olga");

        long known = nanosToRefuse(users, "olga");
        long unknown = nanosToRefuse(users, "nobody");

        assertThat((double) unknown / known).isBetween(0.5, 2.0);
    }

    private static long nanosToRefuse(Users users, String name) {
        var thread = ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadCpuTime();
        assertThat(users.find(name, "wrong".toCharArray())).isEmpty();
        return thread.getCurrentThreadCpuTime() - before;
    }

    private static Users users(String configured) {
        var config = new SmallRyeConfigBuilder().withMapping(AccessConfig.class)
                .withSources(new PropertiesConfigSource(Map.of("page.users", configured), "test", 1000)).build();
        return new Users(config.getConfigMapping(AccessConfig.class), new Secrets(Clock.systemUTC()));
    }

    private static String hash() {
        return new String(BCrypt.withDefaults().hash(COST, "right".getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }
}
