package org.openphoneimport.prospect;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.document.PhoneNumberDocument;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.NotNowException;
import org.openphoneimport.openphone.OpenPhoneConfig;
import org.openphoneimport.openphone.OpenPhoneConfig.Api;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.Preview;

/** Asks what can be known before a run: some 30 requests, for a person who waits. Nothing is changed. */
@ApplicationScoped
public class Outlooks {

    /** Less than the 29 s that a page's function has. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final int MOST_NUMBERS = 20;

    private final Preview preview;
    private final SizeSample sample;
    private final OpenPhoneConfig config;
    private final Clock clock;

    Outlooks(Preview preview, SizeSample sample, OpenPhoneConfig config, Clock clock) {
        this.preview = preview;
        this.sample = sample;
        this.config = config;
        this.clock = clock;
    }

    /**
     * What is known now.
     *
     * @param numbers the workspace's own
     */
    public Outlook look(List<PhoneNumberDocument> numbers) {
        if (config.api() == Api.V1) {
            return new Outlook(null, null, null, "OPENPHONE_API=v1, which does not tell");
        }
        return new Looking(new Caller(null, clock.instant().plus(PATIENCE))).at(numbers);
    }

    /** One look, and what it met. */
    private final class Looking {

        private final Caller caller;
        private @Nullable String obstacle;
        private boolean givenUp;

        private Looking(Caller caller) {
            this.caller = caller;
        }

        private Outlook at(List<PhoneNumberDocument> numbers) {
            var organization = answer(() -> preview.organization(caller)).orElse(null);
            var size = answer(() -> sample.take(caller, numbers.size())).orElse(null);
            var recording = recording(numbers);
            return new Outlook(organization, recording, size, obstacle);
        }

        private @Nullable AutomaticRecording recording(List<PhoneNumberDocument> numbers) {
            int on = 0;
            var off = new ArrayList<String>();
            for (var number : numbers.subList(0, Math.min(MOST_NUMBERS, numbers.size()))) {
                var records = answer(() -> preview.settings(caller, number.id())).map(settings -> settings.autoRecord());
                if (records.orElse(false)) {
                    on++;
                } else if (records.isPresent()) {
                    off.add(number.number() == null ? number.id() : number.number());
                }
            }
            int unknown = numbers.size() - on - off.size();
            return unknown == numbers.size() ? null : new AutomaticRecording(on, off, unknown);
        }

        /** A refusal speaks of what was asked for. Of an API that does not answer nothing more is asked: a person waits. */
        private <T> Optional<T> answer(Supplier<T> question) {
            if (givenUp) {
                return Optional.empty();
            }
            try {
                return Optional.of(question.get());
            } catch (OpenPhoneException.Rejected e) {
                return without(e.what());
            } catch (OpenPhoneException e) {
                givenUp = true;
                return without(e.what());
            } catch (NotNowException e) {
                givenUp = true;
                return without(String.valueOf(e.getMessage()));
            }
        }

        private <T> Optional<T> without(String what) {
            obstacle = obstacle == null ? what : obstacle;
            return Optional.empty();
        }
    }
}
