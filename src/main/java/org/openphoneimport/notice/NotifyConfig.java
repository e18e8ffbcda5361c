package org.openphoneimport.notice;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Who is told what happens to runs, and how. Nothing is sent while neither a webhook nor an address of mail is named. */
@ConfigMapping(prefix = "notify")
public interface NotifyConfig {

    /**
     * Where notices are posted as JSON. It is the operator's own choice, so loopback and private addresses are allowed. Its
     * path may be a secret, so only the host is shown.
     */
    Optional<String> webhookUrl();

    /**
     * What posts are signed with, as Standard Webhooks have it: {@code whsec_} and 24 to 64 bytes in base64, such as {@code
     * echo whsec_$(openssl rand -base64 32)} makes. While it is replaced, both with a space between: a post is signed with
     * each. Without one nothing is posted.
     */
    Optional<String> webhookSecret();

    /**
     * The secret in Secrets Manager that holds both instead, as {@code {"url":"...","secret":"whsec_..."}}; read again each
     * minute. Set as {@code NOTIFY_SECRET}.
     */
    Optional<String> secret();

    /**
     * Addresses of mail. How it is sent is configured as {@code QUARKUS_MAILER_HOST}, {@code QUARKUS_MAILER_FROM} and so on.
     */
    Optional<List<String>> mailTo();

    /** What is told. Less makes the rest easier to see: a reconciliation ends each day. */
    @WithDefault("run.completed,run.completed-with-exceptions,run.failed,run.cancelled,run.waiting,run.overdue,test")
    Set<String> about();

    /**
     * How old the database may get until that is told, and how often it is told again. Without it, on one machine: the period
     * of
     * {@code LOCAL_RECONCILE_CRON} and two hours; in AWS {@code ReconciliationHours}.
     */
    Optional<Duration> overdue();

    /** Where the page is, for links in notices: {@code https://import.example.com}. Without it there are no links. */
    Optional<String> pageUrl();

    /** How long a receiver may take. keep-runs waits meanwhile. */
    @WithDefault("10s")
    Duration timeout();

    /**
     * When a notice is tried again that could not be delivered. After the last it is given up: by default a day and a half
     * later, which is longer than a receiver is away.
     */
    @WithDefault("1m,5m,30m,2h,5h,10h,18h")
    List<Duration> retryDelays();

    /** Stands in each notice. Set as {@code ENVIRONMENT_NAME}. */
    @WithDefault("${environment.name:local}")
    String environment();

    /** Stands in each notice. Set as {@code WORKSPACE_NAME}; without it the name that OpenPhone gave. */
    @WithDefault("${workspace.name:${local.workspace:}}")
    Optional<String> workspace();
}
