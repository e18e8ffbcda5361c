package org.openphoneimport.infra;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;

/** Types with all that they consist of, as far as they are ours or Lambda's events: others look after their own. */
final class Types {

    private static final String EVENTS = "com.amazonaws.services.lambda.runtime.events.";

    private final Sources sources;
    private final boolean methods;
    private final Map<TypeElement, String> found = new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));

    /**
     * @param methods whether a type consists of what its methods answer, too, as for a template
     */
    Types(Sources sources, boolean methods) {
        this.sources = sources;
        this.methods = methods;
    }

    /** Each with where it was met first. */
    Map<TypeElement, String> found() {
        return found;
    }

    void add(TypeMirror type, String where) {
        var open = new ArrayDeque<TypeMirror>(List.of(type));
        while (!open.isEmpty()) {
            open.addAll(behind(open.pop(), where));
        }
    }

    private Collection<? extends TypeMirror> behind(TypeMirror type, String where) {
        return switch (type) {
            case ArrayType array -> List.of(array.getComponentType());
            case WildcardType wildcard when wildcard.getExtendsBound() != null -> List.of(wildcard.getExtendsBound());
            case TypeVariable variable when variable.getUpperBound().getKind() == TypeKind.DECLARED -> List.of(
                    variable.getUpperBound());
            case DeclaredType declared when declared.asElement() instanceof TypeElement element -> {
                var behind = new ArrayList<TypeMirror>(declared.getTypeArguments());
                if (element.getSimpleName().isEmpty()) {
                    behind.add(element.getSuperclass());
                } else if (isOfInterest(element) && found.putIfAbsent(element, where) == null) {
                    behind.addAll(parts(element));
                }
                yield behind;
            }
            // Numbers, and what could be anything.
            default -> List.of();
        };
    }

    private boolean isOfInterest(TypeElement type) {
        return sources.types().contains(type) || type.getQualifiedName().toString().startsWith(EVENTS);
    }

    private List<TypeMirror> parts(TypeElement type) {
        var parts = new ArrayList<TypeMirror>(type.getPermittedSubclasses());
        sources.implementing(type).map(TypeElement::asType).forEach(parts::add);
        for (var member : type.getEnclosedElements()) {
            if (member.getKind() == ElementKind.FIELD && !member.getModifiers().contains(Modifier.STATIC)) {
                parts.add(member.asType());
            } else if (methods && member instanceof ExecutableElement method && method.getParameters().isEmpty()) {
                parts.add(method.getReturnType());
            }
        }
        return parts;
    }
}
