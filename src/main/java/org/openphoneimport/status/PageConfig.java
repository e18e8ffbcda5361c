package org.openphoneimport.status;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What the page says about where it stands, and who may reach it. */
@ConfigMapping(prefix = "page")
public interface PageConfig {

    /** Stands on every page: {@code local}, {@code staging}, {@code production}. Set as {@code ENVIRONMENT_NAME}. */
    @WithDefault("${environment.name:local}")
    String environment();

    /**
     * The workspace's name, which OpenPhone's API does not tell. Set as {@code WORKSPACE_NAME}; without it the page names the
     * workspace's numbers.
     */
    @WithDefault("${workspace.name:${local.workspace:}}")
    Optional<String> workspace();

    /**
     * Host names by which the page may be asked for, beside those of this machine. A name that is not listed is refused, since
     * a foreign site can have any name of its own resolve to this address. {@code *.example.com} is any one name below it, for
     * names that are not known before the page stands.
     */
    Optional<List<String>> hosts();

    /**
     * For how long all who look at a run see the same figures; those who come in as much time again see them, too, while newer
     * ones are read. With 0 every viewer's look, two seconds apart, costs the database a dozen statements; with more than one
     * second the page stands still between looks.
     */
    @WithDefault("1s")
    Duration moment();

    /**
     * Who may sign in, each as {@code name:hash:role}: a line of {@code htpasswd -nBC 10} and {@code viewer} or
     * {@code operator}. Set as {@code PAGE_USERS}, with commas between them. A higher cost of bcrypt makes guessing slower, and
     * each HTTP Basic request, too; with the same cost for all an answer's time does not tell which names there are.
     */
    Optional<List<String>> users();
}
