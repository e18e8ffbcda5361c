package org.openphoneimport.infra;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

import org.jspecify.annotations.Nullable;

import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;

/** The types that are read, written or looked into by reflection, as the sources tell. */
final class ReflectedTypes {

    private static final Set<String> READERS_AND_WRITERS = Set.of("com.fasterxml.jackson.databind.ObjectMapper",
            "com.fasterxml.jackson.databind.ObjectReader", "com.fasterxml.jackson.databind.ObjectWriter",
            "com.fasterxml.jackson.databind.node.ArrayNode", "com.fasterxml.jackson.databind.node.ObjectNode",
            "jakarta.persistence.EntityManager", "jakarta.ws.rs.core.Response", "jakarta.ws.rs.core.Response.ResponseBuilder");
    private static final Set<String> ANYTHING = Set.of("java.lang.Object", "java.lang.Class",
            "com.fasterxml.jackson.core.type.TypeReference");

    private final Sources sources;
    /** Parameters that are handed on to what reads or writes, whatever they are. */
    private final Set<Parameter> handedOn = new HashSet<>();

    private record Parameter(ExecutableElement method, int index) {
    }

    ReflectedTypes(Sources sources) {
        this.sources = sources;
    }

    /** What is handed to Jackson and to Hibernate's queries, be it through methods of ours that take anything. */
    Map<TypeElement, String> handedOver() {
        var types = new Types(sources, false);
        for (int before = -1; before < handedOn.size();) {
            before = handedOn.size();
            sources.units().forEach(unit -> new TreePathScanner<@Nullable Void, @Nullable Void>() {
                @Override
                public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void nothing) {
                    if (sources.trees().getElement(getCurrentPath()) instanceof ExecutableElement method) {
                        look(method, call, getCurrentPath(), types);
                    }
                    return super.visitMethodInvocation(call, null);
                }
            }.scan(unit, null));
        }
        return types.found();
    }

    private void look(ExecutableElement method, MethodInvocationTree call, TreePath path, Types types) {
        for (int i = 0; i < method.getParameters().size() && i < call.getArguments().size(); i++) {
            if (takesAnything(method, i)) {
                var argument = new TreePath(path, call.getArguments().get(i));
                noteParameter(argument);
                types.add(sources.trees().getTypeMirror(argument), path.getCompilationUnit().getSourceFile().getName() + ": "
                        + call);
            }
        }
    }

    private boolean takesAnything(ExecutableElement method, int index) {
        var type = sources.task().getTypes().erasure(method.getParameters().get(index).asType()).toString();
        return handedOn.contains(new Parameter(method, index))
                || (READERS_AND_WRITERS.contains(String.valueOf(method.getEnclosingElement())) && ANYTHING.contains(type)
                        && !method.getSimpleName().contentEquals("equals"));
    }

    /** A parameter that is handed on tells no more than the callers of its method do. */
    private void noteParameter(TreePath argument) {
        var element = sources.trees().getElement(argument);
        if (element != null && element.getKind() == ElementKind.PARAMETER
                && element.getEnclosingElement() instanceof ExecutableElement method) {
            handedOn.add(new Parameter(method, method.getParameters().indexOf(element)));
        }
    }

    /** What functions take and answer, resources answer, and Hibernate stores: Quarkus registers all of it. */
    Map<TypeElement, String> foundByQuarkus() {
        var types = new Types(sources, false);
        sources.annotated("jakarta.persistence.Embeddable", "jakarta.persistence.Entity")
                .forEach(type -> types.add(type.asType(), "stored"));
        sources.types().stream().flatMap(type -> type.getInterfaces().stream())
                .filter(type -> type.toString().startsWith("com.amazonaws.services.lambda.runtime.RequestHandler"))
                .forEach(type -> types.add(type, type.toString()));
        sources.annotated("jakarta.ws.rs.Path").filter(type -> type.getKind() == ElementKind.CLASS)
                .flatMap(type -> ElementFilter.methodsIn(type.getEnclosedElements()).stream())
                .filter(method -> Sources.isAnnotated(method, "jakarta.ws.rs.DELETE", "jakarta.ws.rs.GET", "jakarta.ws.rs.POST",
                        "jakarta.ws.rs.PUT"))
                .forEach(method -> types.add(method.getReturnType(), method.toString()));
        return types.found();
    }

    /** What templates may look into. */
    Map<TypeElement, String> shown() {
        var types = new Types(sources, true);
        sources.annotated("io.quarkus.qute.CheckedTemplate")
                .flatMap(type -> ElementFilter.methodsIn(type.getEnclosedElements()).stream())
                .forEach(method -> method.getParameters()
                        .forEach(parameter -> types.add(parameter.asType(), method.toString())));
        return types.found();
    }

    /** What is said to be registered: with the types nested in it, or with all that it consists of, where that is said. */
    Set<TypeElement> registered() {
        var registered = new HashSet<TypeElement>();
        sources.annotated("io.quarkus.runtime.annotations.RegisterForReflection").forEach(type -> {
            registered.add(type);
            if (!says(type, "ignoreNested")) {
                registered.addAll(ElementFilter.typesIn(type.getEnclosedElements()));
            }
            if (says(type, "registerFullHierarchy")) {
                var all = new Types(sources, false);
                all.add(type.asType(), type.toString());
                registered.addAll(all.found().keySet());
            }
        });
        return registered;
    }

    private static boolean says(TypeElement type, String what) {
        return type.getAnnotationMirrors().stream().flatMap(annotation -> annotation.getElementValues().entrySet().stream())
                .anyMatch(value -> value.getKey().getSimpleName().contentEquals(what)
                        && Boolean.TRUE.equals(value.getValue().getValue()));
    }
}
