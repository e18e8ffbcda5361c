package org.openphoneimport.frame;

/**
 * Says what went wrong.
 *
 * @param frame what stands around it
 * @param error a sentence
 */
public record ErrorPage(Frame frame, String error) {
}
