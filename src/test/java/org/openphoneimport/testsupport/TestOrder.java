package org.openphoneimport.testsupport;

import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/** Those that have an {@code @Order} come first, all others by their names, so that every machine has the same order. */
public final class TestOrder implements ClassOrderer {

    @Override
    public void orderClasses(ClassOrdererContext context) {
        new ClassOrderer.ClassName().orderClasses(context);
        new ClassOrderer.OrderAnnotation().orderClasses(context);
    }
}
