package org.openphoneimport.frame;

/**
 * Says that the database cannot be asked, and tries again by itself.
 *
 * @param frame what stands around it
 * @param trouble what has happened and what to do
 * @param tried when it was asked last
 */
public record AwayPage(Frame frame, DatabaseTrouble trouble, PageTime tried) {
}
