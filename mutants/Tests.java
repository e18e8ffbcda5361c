import module java.base;

import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs tests that it is told on its standard input, {@code a.package.ClassTest#a_method} or a class, those of the application with
 * the classes as they are then: it is built anew for each, in a JVM that is warm. Answers each with a line {@code > passed},
 * {@code > failed why}, or {@code > none} if none ran to its end: what a test needs may not be here.
 */
void main() throws IOException {
    var input = new BufferedReader(new InputStreamReader(System.in));
    for (var test = input.readLine(); test != null; test = input.readLine()) {
        IO.println("\n> " + run(test.split("#")));
    }
    System.exit(0);
}

String run(String[] test) {
    Thread.currentThread().setContextClassLoader(ClassLoader.getSystemClassLoader());
    var failures = new ConcurrentLinkedQueue<String>();
    var passed = new AtomicInteger();
    try (var session = LauncherFactory.openSession()) {
        var request = LauncherDiscoveryRequestBuilder.request().selectors(DiscoverySelectors.selectClass(test[0]))
                .filters((PostDiscoveryFilter) each -> FilterResult.includedIf(test.length == 1
                        || !(each.getSource().orElse(null) instanceof MethodSource method)
                        || method.getMethodName().equals(test[1])))
                .build();
        session.getLauncher().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier each, TestExecutionResult result) {
                if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                    failures.add(result.getThrowable().map(String::valueOf).orElse("failed"));
                } else if (each.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
                    passed.incrementAndGet();
                }
            }
        });
    }
    return !failures.isEmpty() ? "failed " + failures.peek().replaceAll("\\s+", " ") : passed.get() > 0 ? "passed" : "none";
}
