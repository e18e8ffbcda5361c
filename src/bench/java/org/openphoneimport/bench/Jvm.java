package org.openphoneimport.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;

/** Another JVM, and what it has used so far. */
final class Jvm implements AutoCloseable {

    private final JMXConnector connector;
    private final OperatingSystemMXBean system;
    private final ThreadMXBean threads;

    private Jvm(JMXConnector connector) throws IOException {
        this.connector = connector;
        var connection = connector.getMBeanServerConnection();
        this.system = ManagementFactory.newPlatformMXBeanProxy(connection,
                ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME, OperatingSystemMXBean.class);
        this.threads = ManagementFactory.newPlatformMXBeanProxy(connection, ManagementFactory.THREAD_MXBEAN_NAME,
                ThreadMXBean.class);
    }

    /** What a JVM has used since it started. */
    record Used(double cpuSeconds, long allocatedBytes) {

        Used since(Used before) {
            return new Used(cpuSeconds - before.cpuSeconds, allocatedBytes - before.allocatedBytes);
        }
    }

    /** The java of this JVM. */
    static String command() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    // Looked up is nothing but the address that the own child process has just given.
    @SuppressWarnings("BanJNDI")
    static Jvm attach(long process) throws IOException {
        try {
            var machine = VirtualMachine.attach(Long.toString(process));
            try {
                return new Jvm(JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent())));
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException("Failed to look into the importer's JVM: " + e.getMessage(), e);
        }
    }

    Used used() {
        return new Used(system.getProcessCpuTime() / 1e9, threads.getTotalThreadAllocatedBytes());
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
