package org.openphoneimport.frame;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.openphoneimport.media.MediaCounts;
import org.openphoneimport.pace.Estimates;
import org.openphoneimport.run.Run;
import org.openphoneimport.status.RunDetails;
import org.openphoneimport.status.RunView;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** A run whose ten conversations have been read, and that asks for parts of contacts and numbers. */
class BarsTest {

    @Test
    void what_belongs_to_contacts_has_a_bar_and_counts_in_the_percentage() {
        assertThat(Bars.of(view(80, 60))).extracting(bar -> bar.label() + " " + bar.count())
                .contains("Parts of contacts and numbers 20 of 80");
        assertThat(Bars.percent(view(80, 60))).isEqualTo(40);
        assertThat(Bars.percent(view(10_000, 1))).as("never 100 before the end").isEqualTo(99);
        assertThat(Bars.percent(view(80, 0))).isEqualTo(100);
    }

    @Test
    void where_nothing_is_asked_for_there_is_no_bar() {
        assertThat(Bars.of(view(0, 0))).extracting(Bar::label).containsExactly("Conversations", "Messages", "Calls", "Media");
        assertThat(Bars.percent(view(0, 0))).isEqualTo(100);
    }

    private static RunView view(long parts, long pending) {
        var run = new Run();
        run.type = "historical";
        run.status = "running";
        run.totalConversations = 10;
        run.processedConversations = 10;
        return new RunView(run, new RunDetails(null, null, null, 0, true, false, List.of(), List.of(), List.of()),
                Instant.EPOCH,
                0, 0, 0, new Estimates(null, null, null), MediaCounts.Figures.NONE, null, null, null,
                JsonNodeFactory.instance.objectNode(), new RunView.DirectoryParts(parts, pending),
                new RunView.Conversations(0, 0), true);
    }
}
