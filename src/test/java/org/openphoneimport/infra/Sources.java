package org.openphoneimport.infra;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;

/**
 * The application's sources as the compiler understands them: unlike classes, they tell the whole type of each expression.
 *
 * @param types all that are declared in them, nested ones as well
 */
record Sources(JavacTask task, Trees trees, List<CompilationUnitTree> units, List<TypeElement> types) {

    static Sources read() {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var problems = new DiagnosticCollector<JavaFileObject>();
        try (var files = Files.walk(Path.of("src", "main", "java"))) {
            var manager = compiler.getStandardFileManager(problems, null, null);
            var task = (JavacTask) compiler.getTask(null, manager, problems, List.of("-proc:none", "-classpath", classPath()),
                    null,
                    manager.getJavaFileObjectsFromPaths(files.filter(file -> file.toString().endsWith(".java")).toList()));
            var units = new ArrayList<CompilationUnitTree>();
            task.parse().forEach(units::add);
            var types = new ArrayList<TypeElement>();
            task.analyze().forEach(element -> addTypes(element, types));
            var errors = problems.getDiagnostics().stream().filter(each -> each.getKind() == Diagnostic.Kind.ERROR).toList();
            if (!errors.isEmpty()) {
                throw new IllegalStateException("The sources cannot be read: " + errors);
            }
            return new Sources(task, Trees.instance(task), units, types);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String classPath() {
        var all = System.getProperty("java.class.path");
        return System.getProperty("surefire.test.class.path", all) + File.pathSeparator + all;
    }

    private static void addTypes(Element element, List<TypeElement> types) {
        if (element instanceof TypeElement type && !types.contains(type)) {
            types.add(type);
            ElementFilter.typesIn(type.getEnclosedElements()).forEach(nested -> addTypes(nested, types));
        }
    }

    /** The name that the JVM knows. */
    String name(TypeElement type) {
        return task.getElements().getBinaryName(type).toString();
    }

    Stream<TypeElement> annotated(String... annotations) {
        return types.stream().filter(type -> isAnnotated(type, annotations));
    }

    /** Those that say that they implement this one. */
    Stream<TypeElement> implementing(TypeElement parent) {
        return types.stream().filter(type -> type.getInterfaces().stream().anyMatch(each -> isOf(each, parent)));
    }

    private boolean isOf(TypeMirror type, TypeElement declaration) {
        return task.getTypes().isSameType(task.getTypes().erasure(type), task.getTypes().erasure(declaration.asType()));
    }

    static boolean isAnnotated(Element element, String... annotations) {
        return element.getAnnotationMirrors().stream()
                .anyMatch(annotation -> Set.of(annotations).contains(annotation.getAnnotationType().toString()));
    }
}
