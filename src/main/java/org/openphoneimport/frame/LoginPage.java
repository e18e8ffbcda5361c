package org.openphoneimport.frame;

/**
 * Asks who it is.
 *
 * @param frame what stands around it
 * @param wrong whether name and password did not go together
 * @param closed whether no user is configured, so that no one can sign in
 */
public record LoginPage(Frame frame, boolean wrong, boolean closed) {
}
