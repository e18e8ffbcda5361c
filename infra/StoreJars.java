import module java.base;

/**
 * Writes function.zip anew, with the jars in it stored instead of compressed: the zip compresses each of them as a whole, which
 * makes it a third smaller, and the JVM need not decompress every class that it loads.
 */
void main(String[] arguments) throws IOException {
    var function = Path.of(arguments[0]);
    var entries = read(Files.readAllBytes(function));
    // Hibernate makes its classes with it, which Quarkus has it do while building: in a function nobody calls it.
    entries.keySet().removeIf(name -> name.startsWith("lib/net.bytebuddy."));
    entries.replaceAll((name, content) -> name.endsWith(".jar") ? write(read(content), ZipOutputStream.STORED) : content);
    Files.write(function, write(entries, ZipOutputStream.DEFLATED));
}

/** Files by name; of two with the same name the first, as the JVM has it. */
Map<String, byte[]> read(byte[] zip) {
    var entries = new LinkedHashMap<String, byte[]>();
    try (var from = new ZipInputStream(new ByteArrayInputStream(zip))) {
        for (var entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
            entries.putIfAbsent(entry.getName(), from.readAllBytes());
        }
    } catch (IOException e) {
        throw new UncheckedIOException(e);
    }
    return entries;
}

byte[] write(Map<String, byte[]> entries, int method) {
    var zip = new ByteArrayOutputStream();
    try (var to = new ZipOutputStream(zip)) {
        to.setMethod(method);
        for (var entry : entries.entrySet()) {
            var written = new ZipEntry(entry.getKey());
            // The same content makes the same file, so that nothing is deployed that has not changed.
            written.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
            if (method == ZipOutputStream.STORED) {
                var checksum = new CRC32();
                checksum.update(entry.getValue());
                written.setSize(entry.getValue().length);
                written.setCrc(checksum.getValue());
            }
            to.putNextEntry(written);
            to.write(entry.getValue());
            to.closeEntry();
        }
    } catch (IOException e) {
        throw new UncheckedIOException(e);
    }
    return zip.toByteArray();
}
