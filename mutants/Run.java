import module java.base;

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
 * A file is found by its name, or the end of its path. Lines may be replaced in several places; a test may be a whole class.
 */
static final Path ROOT = Path.of("").toAbsolutePath();
static final Path RESULTS = ROOT.resolve("target/mutants");
static final Path WORK = RESULTS.resolve("work");
static final Duration LONGEST = Duration.ofMinutes(5);
static final List<String> FAST = List.of("-o", "-Dmaven.compiler.useIncrementalCompilation=false");

record Change(List<String> from, List<String> to) {
}

record Mutant(String list, String sentence, String file, List<Change> changes, String test) {

    boolean matches(String text) {
        return Stream.of(list, sentence, file, test).anyMatch(each -> each.toLowerCase().contains(text.toLowerCase()));
    }
}

/** How the tests went with a mutant, or without any: what failed by the test's name, empty when nothing did. */
record Outcome(Map<String, String> failures, String invalid, long seconds) {

    String text() {
        return !invalid.isEmpty() ? "invalid" : failures.isEmpty() ? "survived" : "killed";
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
        var chosen = all.stream().filter(mutant -> arguments.length == 0 || mutant.matches(arguments[0])).toList();
        System.exit(run(chosen) ? 0 : 1);
    } catch (ListException e) {
        IO.println(e.getMessage());
        System.exit(1);
    }
}

boolean run(List<Mutant> mutants) throws Exception {
    for (var mutant : mutants) {
        outOfDate(mutant).ifPresent(what -> {
            throw new ListException(what);
        });
    }
    if (mutants.isEmpty()) {
        throw new ListException("No mutant matches");
    }
    copy();
    var tests = mutants.stream().map(Mutant::test).distinct().sorted().toList();
    IO.println("%d mutants. First their %d tests without any, which must pass".formatted(mutants.size(), tests.size()));
    var clean = test("clean", List.of(), String.join(",", tests));
    if (!clean.text().equals("survived")) {
        throw new ListException("The tests fail without a mutant, see %s: %s %s".formatted(RESULTS.resolve("clean.log"),
                clean.invalid(), clean.failures()));
    }
    IO.println("They pass (%d s)".formatted(clean.seconds()));
    var table = new StringBuilder("| mutant | file | test | | s | what failed |\n| --- | --- | --- | --- | ---: | --- |\n");
    var counts = new TreeMap<String, Integer>();
    for (int i = 0; i < mutants.size(); i++) {
        var mutant = mutants.get(i);
        var outcome = test(String.valueOf(i + 1), mutant);
        counts.merge(outcome.text(), 1, Integer::sum);
        var why = outcome.invalid() + String.join(" ", outcome.failures().values());
        table.append("| %s | %s | %s | %s | %d | %s |\n".formatted(cell(mutant.sentence(), 200), mutant.file(), mutant.test(),
                outcome.text(), outcome.seconds(), cell(why, 120)));
        IO.println("%d/%d %s (%d s): %s: %s".formatted(i + 1, mutants.size(), outcome.text(), outcome.seconds(), mutant.file(),
                mutant.sentence()));
    }
    var closing = "%d mutants: %s".formatted(mutants.size(), counts.entrySet().stream()
            .map(count -> count.getValue() + " " + count.getKey()).collect(Collectors.joining(", ")));
    Files.writeString(ROOT.resolve("target/mutants.md"), table + "\n" + closing + "\n");
    IO.println(closing + ". The table is target/mutants.md");
    return counts.keySet().equals(Set.of("killed"));
}

Outcome test(String log, Mutant mutant) throws Exception {
    var source = source(WORK, mutant.file());
    var original = Files.readString(source);
    try {
        Files.writeString(source, String.join("\n", mutated(WORK, mutant)) + "\n");
        return test(log, FAST, mutant.test());
    } finally {
        // Newer than the mutant's class, so it is compiled again.
        Files.writeString(source, original);
    }
}

/** Runs tests in the copy as it is now. */
Outcome test(String name, List<String> arguments, String tests) throws Exception {
    var reports = WORK.resolve("target/surefire-reports");
    delete(reports);
    var log = RESULTS.resolve(name + ".log");
    var command = Stream.of(List.of(WORK.resolve("mvnw").toString(), "-B", "-ntp", "-q", "-DskipErrorProne", "-Dspotless.skip",
            "-Dfail.on.warning=false", "-Dtest=" + tests), arguments, List.of("test")).flatMap(List::stream).toList();
    var builder = new ProcessBuilder(command).directory(WORK.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
    // Those of the Maven that runs this.
    builder.environment().keySet().removeAll(Set.of("MAVEN_PROJECTBASEDIR", "MAVEN_BASEDIR", "MAVEN_CMD_LINE_ARGS"));
    long start = System.nanoTime();
    var process = builder.start();
    process.getOutputStream().close();
    boolean ended = process.waitFor(LONGEST.toMillis() * (arguments.isEmpty() ? 6 : 1), TimeUnit.MILLISECONDS);
    if (!ended) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        process.waitFor();
    }
    long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
    if (!ended) {
        return new Outcome(Map.of(tests, "Not finished after " + seconds + " s"), "", seconds);
    }
    var failures = failures(reports);
    if (process.exitValue() == 0 || !failures.isEmpty()) {
        return new Outcome(failures, "", seconds);
    }
    return new Outcome(failures, Files.readString(log).contains("COMPILATION ERROR") ? "does not compile" : "see " + log, seconds);
}

/** What surefire's reports say failed, and the first line of why. */
Map<String, String> failures(Path reports) throws Exception {
    var failures = new TreeMap<String, String>();
    for (var report : files(reports).filter(file -> file.toString().endsWith(".xml")).toList()) {
        var cases = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(report.toFile())
                .getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
            var test = (Element) cases.item(i);
            for (var kind : List.of("failure", "error")) {
                if (test.getElementsByTagName(kind).item(0) instanceof Element failure) {
                    var why = failure.getTextContent().strip().lines().limit(8).collect(Collectors.joining(" "));
                    failures.put(test.getAttribute("classname") + "#" + test.getAttribute("name"), why);
                }
            }
        }
    }
    return failures;
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
            changes.getLast().to().add(rest);
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
        var source = Files.readString(source(ROOT, test[0].replace('.', '/') + ".java"));
        if (test.length > 1 && !source.contains("void " + test[1] + "(")) {
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

Path source(Path root, String name) throws IOException {
    var found = files(root.resolve("src")).filter(file -> file.endsWith(name)).toList();
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

void delete(Path folder) throws IOException {
    for (var file : files(folder).toList()) {
        Files.delete(file);
    }
}

String cell(String text, int longest) {
    var line = text.replaceAll("\\s+", " ").replace("|", "\\|");
    return line.length() <= longest ? line : line.substring(0, longest) + "…";
}
