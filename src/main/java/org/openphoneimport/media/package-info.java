/**
 * Files that messages, recordings, voicemails and notes point to.
 *
 * <p>
 * {@link org.openphoneimport.media.Media#note} notes them in the transaction that finds them,
 * {@link org.openphoneimport.media.MediaSender} sends them after the commit,
 * {@link org.openphoneimport.media.DownloadMediaHandler} takes them off the queue. {@code MediaTable} claims a file and
 * says when it is tried again, {@code MediaHttp} fetches it from where {@code MediaHosts} allows, and a
 * {@link org.openphoneimport.media.MediaStore} keeps
 * it.
 */
@NullMarked
package org.openphoneimport.media;

import org.jspecify.annotations.NullMarked;
