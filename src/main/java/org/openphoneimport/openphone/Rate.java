package org.openphoneimport.openphone;

import java.util.Locale;

import org.eclipse.microprofile.config.spi.Converter;
import org.jspecify.annotations.Nullable;

/**
 * How fast OpenPhone may be asked.
 *
 * @param perSecond requests a second, all workers together; 0 is no limit
 * @param automatic whether that is only the beginning: what OpenPhone says it grants is used
 */
public record Rate(double perSecond, boolean automatic) {

    /** What is left of what is granted, for the way to OpenPhone and for others who use the key. */
    private static final double CAREFUL = 0.9;

    private static final double DOCUMENTED = 10;

    /** {@code auto}. */
    static final Rate AUTO = new Rate(CAREFUL * DOCUMENTED, true);

    /** Whether there is one. */
    public boolean isLimited() {
        return perSecond > 0;
    }

    /** What is used while not all of what is granted may be: what OpenPhone says that is may be wrong, so never more than 9. */
    double careful(@Nullable Double quota) {
        return automatic && quota != null ? Math.min(perSecond, CAREFUL * quota) : perSecond;
    }

    /** {@code auto} or a number. */
    public static final class AsText implements Converter<Rate> {

        private static final long serialVersionUID = 1;

        @Override
        public Rate convert(String value) {
            var text = value.strip().toLowerCase(Locale.ROOT);
            if (text.equals("auto")) {
                return AUTO;
            }
            try {
                double rate = Double.parseDouble(text);
                if (rate >= 0 && rate <= 1_000) {
                    return new Rate(rate, false);
                }
            } catch (NumberFormatException e) {
                // Said below.
            }
            throw new IllegalArgumentException(
                    "OPENPHONE_RATE must be auto or a number of requests a second from 0 (no limit) to 1000, not " + value);
        }
    }
}
