import module java.base;

/**
 * Gives the zip with a native executable its name, and writes the template that deploys it: the one that deploys the JVM's, but
 * for what an executable needs. So neither can be deployed in place of the other, nor on an architecture that it does not run on.
 * Arguments are the zip that Quarkus wrote, the template, and where to.
 */
void main(String[] arguments) throws IOException {
    var zip = Path.of(arguments[0]);
    var folder = Path.of(arguments[2]);
    var architecture = architecture(zip);
    Files.writeString(folder.resolve("template-native.yaml"), nativeTemplate(Files.readString(Path.of(arguments[1])), architecture));
    Files.move(zip, folder.resolve("function-native.zip"), StandardCopyOption.REPLACE_EXISTING);
    System.out.println("target/function-native.zip runs on " + architecture + "; target/template-native.yaml deploys it");
}

/** As Lambda calls it; the executable itself says so, in the header of its format. */
String architecture(Path zip) throws IOException {
    try (var file = new ZipFile(zip.toFile())) {
        var entry = file.getEntry("bootstrap");
        if (entry == null) {
            throw new IllegalArgumentException(zip + " has no bootstrap: it is not the artifact of a native build");
        }
        var header = ByteBuffer.wrap(file.getInputStream(entry).readNBytes(20)).order(ByteOrder.LITTLE_ENDIAN);
        if (header.limit() < 20 || header.getInt(0) != 0x464c457f) {
            throw new IllegalArgumentException("Lambda cannot run this executable, which is not one for Linux: build it with "
                    + "-Dquarkus.native.container-build=true");
        }
        return switch (header.getShort(18)) {
            case 62 -> "x86_64";
            case 183 -> "arm64";
            default -> throw new IllegalArgumentException("Lambda has no machine of type " + header.getShort(18));
        };
    }
}

String nativeTemplate(String template, String architecture) {
    var changed = change(template, "CodeUri: ../target/function.zip", "CodeUri: function-native.zip");
    changed = change(changed, "Runtime: java25", "Runtime: provided.al2023");
    changed = change(changed, "ApplyOn: PublishedVersions", "ApplyOn: None");
    changed = change(changed, "Default: arm64", "Default: " + architecture);
    return change(changed, "AllowedValues: [arm64, x86_64]", "AllowedValues: [" + architecture + "]");
}

String change(String template, String from, String to) {
    if (template.split(Pattern.quote(from), -1).length != 2) {
        throw new IllegalStateException("infra/template.yaml should say once: " + from);
    }
    return template.replace(from, to);
}
