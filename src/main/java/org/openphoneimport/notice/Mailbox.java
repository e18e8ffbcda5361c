package org.openphoneimport.notice;

import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;

/** Mails notices, one mail to all addresses, by the server that {@code QUARKUS_MAILER_HOST} names. */
@ApplicationScoped
non-sealed class Mailbox implements Channel {

    private final ReactiveMailer mailer;
    private final NotifyConfig config;
    private final Optional<String> from;

    Mailbox(ReactiveMailer mailer, NotifyConfig config, @ConfigProperty(name = "quarkus.mailer.from") Optional<String> from) {
        this.mailer = mailer;
        this.config = config;
        this.from = from.filter(sender -> !sender.isBlank());
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public Optional<String> target() {
        return addresses().isEmpty() ? Optional.empty() : Optional.of(String.join(", ", addresses()));
    }

    @Override
    public Optional<String> obstacle() {
        return from.isPresent() ? Optional.empty() : Optional.of("Mail has no sender (QUARKUS_MAILER_FROM)");
    }

    @Override
    public void send(Letter letter) throws NotSentException {
        if (from.isEmpty()) {
            throw new NotSentException(obstacle().orElseThrow());
        }
        try {
            mailer.send(new Mail().setTo(addresses()).setSubject(letter.subject()).setText(letter.text())
                    // So that one that comes twice can be told.
                    .addHeader("X-Notice-Id", letter.id().toString())).await().atMost(config.timeout());
        } catch (RuntimeException e) {
            // Its message may hold what the server was told.
            throw new NotSentException("The mail server did not take it (" + e.getClass().getSimpleName() + ")");
        }
    }

    private List<String> addresses() {
        return config.mailTo().orElse(List.of()).stream().map(String::strip).filter(address -> !address.isEmpty()).toList();
    }
}
