package org.openphoneimport.prospect;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.document.PhoneNumberDocument;
import org.openphoneimport.local.sample.SampleSettings;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.start.KeyCheck;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.BothApisProfile;
import org.openphoneimport.testsupport.Landing;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What OpenPhone is asked before a run, and how near a sample comes. */
@QuarkusTest
@Landing
@TestProfile(BothApisProfile.class)
class OutlooksTest {

    private final Bench bench = Bench.get();

    @Inject
    Outlooks outlooks;

    @Inject
    KeyCheck keyCheck;

    @BeforeEach
    void reset() {
        bench.reset();
    }

    @Test
    void a_sample_of_25_pages_comes_near_what_there_is() {
        var workspace = SampleWorkspace.generate(SampleSettings.defaults().withConversations(2_000));
        bench.openPhone().serve(workspace);
        bench.openPhone().pageSize(50);
        var numbers = numbers();
        long before = bench.openPhone().requests().count();

        var size = Objects.requireNonNull(outlooks.look(numbers).size());

        assertNear(size.conversations(), workspace, each -> each.threads().conversations().size());
        assertNear(size.messages(), workspace, each -> each.threads().messages().size());
        assertNear(size.calls(), workspace, each -> each.calls().calls().size());
        assertThat(bench.openPhone().requests().count() - before).isEqualTo(1 + 25 + numbers.size());
        assertThat(size.pages()).isEqualTo(25);
    }

    /** A quarter off is near enough to know whether it takes minutes or hours. */
    private static void assertNear(Range found, SampleWorkspace workspace, ToLongFunction<SampleWorkspace> count) {
        long all = count.applyAsLong(workspace);
        assertThat((double) (found.low() + found.high()) / 2 / all).as("%s of %d", found, all).isCloseTo(1, within(.25));
    }

    @Test
    void a_small_workspace_is_counted() {
        var workspace = Bench.workspace(0);
        var number = workspace.directory().phoneNumbers().getFirst().id();
        workspace.addConversation("CN1", number, List.of("+16175550101"), SampleWorkspace.END.minusSeconds(90));
        workspace.addMessage("AC1", "CN1", "Hello", SampleWorkspace.END.minusSeconds(60));
        workspace.addMessage("AC2", "CN1", "Hello again", Instant.now().minusSeconds(1));
        bench.openPhone().serve(workspace);

        var size = Objects.requireNonNull(outlooks.look(numbers()).size());

        assertThat(List.of(size.conversations(), size.messages(), size.calls()))
                .containsExactly(new Range(1, 1), new Range(2, 2), new Range(0, 0));
    }

    @Test
    void a_refusal_of_one_number_leaves_the_rest_and_an_outage_nothing() {
        var workspace = Bench.workspace(30);
        bench.openPhone().serve(workspace);
        var numbers = numbers();
        workspace.extras().close(numbers.getFirst().id());

        var outlook = outlooks.look(numbers);

        assertThat(Objects.requireNonNull(outlook.recording()).unknown()).isEqualTo(1);
        assertThat(outlook.size()).isNotNull();
        assertThat(outlook.obstacle()).contains("403");

        bench.openPhone().intercept(request -> request.path().contains("organization") ? Fault.status(500) : Fault.none());
        long before = bench.openPhone().requests().count();
        outlook = outlooks.look(numbers);

        assertThat(outlook.organization()).isNull();
        assertThat(outlook.size()).isNull();
        assertThat(outlook.recording()).isNull();
        assertThat(outlook.obstacle()).contains("500");
        assertThat(bench.openPhone().requests().count() - before).isEqualTo(1);
    }

    private List<PhoneNumberDocument> numbers() {
        return keyCheck.numbers();
    }
}
