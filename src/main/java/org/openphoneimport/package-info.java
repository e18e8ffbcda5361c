/**
 * Imports a whole OpenPhone workspace into Postgres.
 *
 * <p>
 * {@code start} begins a run; {@code listing} lists its conversations and cuts them into batches; batches travel a queue;
 * {@code batch} claims one and has {@code reading} read what is in it and store it in the tables of {@code conversation},
 * {@code message}, {@code call} and {@code media}; {@code keep} sends again what was lost, ends runs and has them verified.
 * {@code notice} tells people who do not look. {@code status} reads runs, {@code thread} what they imported; {@code page},
 * {@code inbox} and {@code api} show it, to those whom {@code access} lets in.
 *
 * <p>
 * Packages may use those to their right only, which a test holds:
 * {@code {page, inbox, api} -> frame -> access -> {thread, proof} -> status -> {keep, pace, prospect} -> start -> {listing, verification}
 * -> batch -> {reading, checklist} -> run -> {conversation, message, call, media, directory} -> {activity, notice, openphone} ->
 * document}, and all of them {@code invocation -> secret -> {queue, database, time}}.
 */
@NullMarked
package org.openphoneimport;

import org.jspecify.annotations.NullMarked;
