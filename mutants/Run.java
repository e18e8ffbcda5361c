import module java.base;

import java.lang.ProcessBuilder.Redirect;

import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;

import org.w3c.dom.Element;

/**
 * Applies the mutants of the lists beside this file, one at a time, to a copy of the project, and runs the test that each of
 * them names: it must fail. {@code check} as the first argument only looks whether the lists still fit the sources.
 *
 * <p>An entry of a list, entries are separated by blank lines:
 *
 * <pre>
 * # What the mutant does wrong
 * file Ledger.java
 * - lines of the source, compared without their indentation, found once in the file
 * + what stands there instead; nothing to delete them
 * test LedgerTest#a_method
 * </pre>
 *
 * A file is found by its name, or the end of its path below {@code src}; one beside that, such as {@code infra/template.yaml}, by
 * its path. Lines may be replaced in several places; a test may be a whole class. What stands there instead is indented as the
 * first of them, and by what it is indented here.
 * Maven builds the copy once; then a single file is compiled for each mutant, and {@code Tests.java} runs its test.
 */
static final Path ROOT = Path.of("").toAbsolutePath();
static final Path RESULTS = ROOT.resolve("target/mutants");
static final Path WORK = RESULTS.resolve("work");

// By the root that they are below: to walk through all of them for each mutant takes half a minute.
static final Map<Path, List<Path>> SOURCES = new HashMap<>();

record Change(List<String> from, List<String> to) {
}

record Mutant(String list, String sentence, String file, List<Change> changes, String test) {

    boolean matches(String text) {
        return Stream.of(list, sentence, file, test).anyMatch(each -> each.toLowerCase().contains(text.toLowerCase()));
    }
}

static class ListException extends RuntimeException {

    ListException(String message) {
        super(message);
    }
}

void main(String[] arguments) throws Exception {
    try {
        var all = read();
        if (arguments.length > 0 && arguments[0].equals("check")) {
            var wrong = all.stream().flatMap(mutant -> outOfDate(mutant).stream()).toList();
            wrong.forEach(IO::println);
            System.exit(wrong.isEmpty() ? 0 : 1);
        }
        var texts = arguments.length == 0 ? List.of("") : List.of(arguments[0].split(","));
        var chosen = all.stream().filter(mutant -> texts.stream().anyMatch(mutant::matches)).toList();
        System.exit(run(chosen) ? 0 : 1);
    } catch (ListException e) {
        IO.println(e.getMessage());
        System.exit(1);
    }
}

boolean run(List<Mutant> mutants) throws Exception {
    if (mutants.isEmpty()) {
        throw new ListException("No mutant matches");
    }
    for (var mutant : mutants) {
        outOfDate(mutant).ifPresent(what -> {
            throw new ListException(what);
        });
    }
    copy();
    var tests = mutants.stream().map(Mutant::test).collect(Collectors.toCollection(TreeSet::new));
    IO.println("%d mutants. First their %d tests without any, which must pass".formatted(mutants.size(), tests.size()));
    var properties = build(tests);
    IO.println("They pass");
    var warm = new TestJvm(properties);
    var table = new StringBuilder("| mutant | file | test | | s | what failed |\n| --- | --- | --- | --- | ---: | --- |\n");
    var counts = new TreeMap<String, Integer>();
    for (var mutant : mutants) {
        long start = System.nanoTime();
        // An application has class loaders of its own, and what is not below src none; what else a test has loaded stays.
        boolean reloaded = Files.readString(testSource(WORK, mutant)).contains("@QuarkusTest")
                || !source(WORK, mutant.file()).startsWith(WORK.resolve("src"));
        var jvm = reloaded ? warm : new TestJvm(properties);
        var answer = test(jvm, mutant);
        if (!reloaded) {
            jvm.end();
        }
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
        var outcome = answer.startsWith("failed") ? "killed" : answer.equals("passed") ? "survived" : "invalid";
        counts.merge(outcome, 1, Integer::sum);
        table.append("| %s | %s | %s | %s | %d | %s |\n".formatted(cell(mutant.sentence(), 200), mutant.file(), mutant.test(),
                outcome, seconds, cell(answer.replaceFirst("^failed (.*\\.)?(\\w+(Error|Exception): )?", ""), 120)));
        IO.println("%s (%d s): %s: %s".formatted(outcome, seconds, mutant.file(), mutant.sentence())
                + (outcome.equals("invalid") ? " (" + answer + ")" : ""));
    }
    warm.end();
    var closing = "%d mutants: %s".formatted(mutants.size(), counts.entrySet().stream()
            .map(count -> count.getValue() + " " + count.getKey()).collect(Collectors.joining(", ")));
    Files.writeString(ROOT.resolve("target/mutants.md"), table + "\n" + closing + "\n");
    IO.println(closing + ". The table is target/mutants.md");
    return counts.keySet().equals(Set.of("killed"));
}

/** Builds the copy with Maven and runs the tests as they are; returns the properties of the JVM that they ran in. */
Map<String, String> build(Set<String> tests) throws Exception {
    var reports = WORK.resolve("target/surefire-reports");
    for (var report : files(reports).toList()) {
        Files.delete(report);
    }
    var log = RESULTS.resolve("build.log");
    var maven = new ProcessBuilder(WORK.resolve("mvnw").toString(), "-B", "-ntp", "-q", "-DskipErrorProne", "-Dspotless.skip",
            "-Dfail.on.warning=false", "-Dtest=" + String.join(",", tests), "test").directory(WORK.toFile())
            .redirectErrorStream(true).redirectOutput(log.toFile()).redirectInput(Redirect.from(new File("/dev/null")));
    // Those of the Maven that runs this.
    maven.environment().keySet().removeAll(Set.of("MAVEN_PROJECTBASEDIR", "MAVEN_BASEDIR", "MAVEN_CMD_LINE_ARGS"));
    if (maven.start().waitFor() != 0) {
        throw new ListException("Not all tests pass without a mutant, see " + log);
    }
    var report = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder()
            .parse(files(reports).filter(file -> file.toString().endsWith(".xml")).findFirst().orElseThrow().toFile());
    var properties = new TreeMap<String, String>();
    var elements = report.getElementsByTagName("property");
    for (int i = 0; i < elements.getLength(); i++) {
        var property = (Element) elements.item(i);
        properties.put(property.getAttribute("name"), property.getAttribute("value"));
    }
    return properties;
}

String test(TestJvm jvm, Mutant mutant) throws Exception {
    var source = source(WORK, mutant.file());
    var original = Files.readString(source);
    try {
        Files.writeString(source, String.join("\n", mutated(WORK, mutant)) + "\n");
        if (!compile(source, jvm.classpath())) {
            return "does not compile";
        }
        var test = mutant.test().split("#", 2);
        var name = WORK.resolve("src/test/java").relativize(testSource(WORK, mutant)).toString().replace(".java", "")
                .replace(File.separatorChar, '.');
        return jvm.run(test.length == 1 ? name : name + "#" + test[1]);
    } finally {
        Files.writeString(source, original);
        compile(source, jvm.classpath());
    }
}

/** Puts one file where Maven has put it. */
boolean compile(Path source, String classpath) throws IOException {
    if (!source.startsWith(WORK.resolve("src"))) {
        // Tests read it where it is.
        return true;
    }
    var root = WORK.resolve("src").resolve(WORK.resolve("src").relativize(source).getName(0));
    var classes = WORK.resolve(root.endsWith("main") ? "target/classes" : "target/test-classes");
    if (source.toString().endsWith(".java")) {
        return ToolProvider.getSystemJavaCompiler().run(null, OutputStream.nullOutputStream(), OutputStream.nullOutputStream(),
                "-nowarn", "-proc:none", "-parameters", "-cp", classpath, "-d", classes.toString(), source.toString()) == 0;
    }
    Files.copy(source, classes.resolve(root.resolve("resources").relativize(source)), StandardCopyOption.REPLACE_EXISTING);
    return true;
}

/** A JVM that runs tests one after another; a new one when a test does not end. */
static class TestJvm {

    // Applications that were stopped leave something behind.
    private static final int MANY = 100;

    private final List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow()));
    private final String classpath;
    private Process process;
    private int runs;

    TestJvm(Map<String, String> properties) {
        classpath = properties.get("java.class.path");
        properties.forEach((name, value) -> {
            if (name.matches("(quarkus|junit|chaos|java\\.util|basedir|localRepository).*")) {
                command.add("-D" + name + "=" + value);
            }
        });
        command.addAll(List.of("--add-opens=java.base/java.lang.invoke=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-XX:+UseParallelGC",
                "-cp", classpath,
                ROOT.resolve("mutants/Tests.java").toString()));
    }

    String classpath() {
        return classpath;
    }

    String run(String test) throws Exception {
        if (process == null || ++runs % MANY == 0) {
            end();
            process = new ProcessBuilder(command).directory(WORK.toFile())
                    .redirectError(Redirect.appendTo(RESULTS.resolve("tests.log").toFile())).start();
        }
        process.outputWriter().write(test + "\n");
        process.outputWriter().flush();
        var running = process;
        try {
            var answer = CompletableFuture.supplyAsync(() -> running.inputReader().lines()
                    .filter(line -> line.startsWith("> ")).findFirst()).get(5, TimeUnit.MINUTES);
            if (answer.isPresent()) {
                return answer.get().substring(2);
            }
            end();
            return "the JVM ended";
        } catch (TimeoutException e) {
            end();
            return "failed: not finished after 5 minutes";
        }
    }

    /** With what it has started. */
    void end() throws InterruptedException {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            process.waitFor();
            process = null;
        }
    }
}

List<Mutant> read() throws IOException {
    var mutants = new ArrayList<Mutant>();
    for (var list : files(ROOT.resolve("mutants")).filter(file -> file.toString().endsWith(".txt")).sorted().toList()) {
        for (var entry : Files.readString(list).strip().split("\n\\s*\n")) {
            mutants.add(mutant(list.getFileName().toString(), entry));
        }
    }
    return mutants;
}

Mutant mutant(String list, String entry) {
    var sentence = new StringJoiner(" ");
    var file = "";
    var test = "";
    var changes = new ArrayList<Change>();
    boolean replacing = true;
    for (var line : entry.lines().toList()) {
        var rest = line.substring(Math.min(2, line.length())).strip();
        if (line.startsWith("#")) {
            sentence.add(rest);
        } else if (line.startsWith("file ")) {
            file = line.substring(5).strip();
        } else if (line.startsWith("test ")) {
            test = line.substring(5).strip();
        } else if (line.startsWith("-")) {
            if (replacing) {
                changes.add(new Change(new ArrayList<>(), new ArrayList<>()));
            }
            replacing = false;
            changes.getLast().from().add(rest);
        } else if (line.startsWith("+") && !changes.isEmpty()) {
            replacing = true;
            changes.getLast().to().add(line.substring(Math.min(2, line.length())).stripTrailing());
        } else {
            throw new ListException("%s: not understood: %s".formatted(list, line));
        }
    }
    if (sentence.length() == 0 || file.isEmpty() || test.isEmpty() || changes.isEmpty()) {
        throw new ListException("%s: an entry has a sentence, a file, lines and a test: %s".formatted(list, entry));
    }
    return new Mutant(list, sentence.toString(), file, changes, test);
}

/** What keeps a mutant from being applied, or its test from being run. */
Optional<String> outOfDate(Mutant mutant) {
    try {
        mutated(ROOT, mutant);
        var test = mutant.test().split("#");
        if (!Files.readString(testSource(ROOT, mutant)).contains(test.length == 1 ? "class" : "void " + test[1] + "(")) {
            throw new ListException("there is no test " + mutant.test());
        }
        return Optional.empty();
    } catch (ListException | IOException e) {
        return Optional.of("%s is out of date: %s (%s)".formatted(mutant.list(), e.getMessage(), mutant.sentence()));
    }
}

List<String> mutated(Path root, Mutant mutant) throws IOException {
    var lines = new ArrayList<>(Files.readAllLines(source(root, mutant.file())));
    for (var change : mutant.changes()) {
        int size = change.from().size();
        var places = IntStream.rangeClosed(0, lines.size() - size)
                .filter(i -> lines.subList(i, i + size).stream().map(String::strip).toList().equals(change.from())).toArray();
        if (places.length != 1) {
            throw new ListException("%s has %d times: %s".formatted(mutant.file(), places.length, change.from()));
        }
        var replaced = lines.subList(places[0], places[0] + size);
        var first = replaced.getFirst();
        var indentation = first.substring(0, first.length() - first.stripLeading().length());
        replaced.clear();
        replaced.addAll(change.to().stream().map(line -> indentation + line).toList());
    }
    return lines;
}

Path testSource(Path root, Mutant mutant) throws IOException {
    return source(root, mutant.test().split("#")[0].replace('.', '/') + ".java");
}

Path source(Path root, String name) throws IOException {
    if (Files.isRegularFile(root.resolve(name))) {
        return root.resolve(name);
    }
    if (!SOURCES.containsKey(root)) {
        SOURCES.put(root, files(root.resolve("src")).toList());
    }
    var found = SOURCES.get(root).stream().filter(file -> file.endsWith(name)).toList();
    if (found.size() != 1) {
        throw new ListException("there are %d files %s".formatted(found.size(), name));
    }
    return found.getFirst();
}

/** Makes the copy what the project is now; what has not changed need not be compiled again. */
void copy() throws Exception {
    Files.createDirectories(WORK);
    var git = new ProcessBuilder("git", "ls-files", "--cached", "--others", "--exclude-standard").start();
    var names = git.inputReader().lines().filter(name -> Files.exists(ROOT.resolve(name))).collect(Collectors.toSet());
    for (var old : files(WORK.resolve("src")).filter(file -> !names.contains(WORK.relativize(file).toString())).toList()) {
        Files.delete(old);
    }
    for (var name : names) {
        var copy = WORK.resolve(name);
        if (!Files.exists(copy) || Files.mismatch(ROOT.resolve(name), copy) >= 0) {
            Files.createDirectories(copy.getParent());
            Files.write(copy, Files.readAllBytes(ROOT.resolve(name)));
            copy.toFile().setExecutable(Files.isExecutable(ROOT.resolve(name)));
        }
    }
}

Stream<Path> files(Path folder) throws IOException {
    if (!Files.exists(folder)) {
        return Stream.empty();
    }
    try (var all = Files.walk(folder)) {
        return all.filter(Files::isRegularFile).toList().stream();
    }
}

String cell(String text, int longest) {
    var line = text.replaceAll("\\s+", " ").replace("|", "\\|");
    return line.length() <= longest ? line : line.substring(0, longest) + "…";
}
