package org.bitloom.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Dependencies point one way: hardware knows nothing of networks, networks know nothing of hardware, and they meet in
 * one place. Each module is one package below {@code org.bitloom}; see Layout in the README for the picture.
 */
class LayersTest {
    /** A module by its package, the modules that it may know, and its libraries. */
    private record Layer(String name, Set<String> mayKnow, Set<String> libraries) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Layer> LAYERS = List.of(
            new Layer("hdl", Set.of(), Set.of()),
            new Layer("blocks", Set.of("hdl"), Set.of()),
            new Layer("network", Set.of(), Set.of("com.google.protobuf", "com.fasterxml.jackson.core")),
            new Layer("compression", Set.of("network"), Set.of("org.snakeyaml.engine")),
            new Layer("training", Set.of("network", "compression"), Set.of()),
            new Layer(
                    "accelerator",
                    Set.of("hdl", "blocks", "network", "compression"),
                    Set.of("com.fasterxml.jackson.core", "org.snakeyaml.engine")),
            new Layer(
                    "sim",
                    Set.of("hdl", "blocks", "network", "compression", "accelerator"),
                    Set.of("com.fasterxml.jackson.core")),
            new Layer(
                    "cli",
                    Set.of("hdl", "blocks", "network", "compression", "accelerator", "sim", "training"),
                    Set.of("picocli", "com.fasterxml.jackson.core")));

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("org.bitloom");

    static List<Layer> layers() {
        return LAYERS;
    }

    @ParameterizedTest
    @MethodSource("layers")
    void aModuleKnowsOnlyTheModulesBelowItAndItsOwnLibraries(Layer layer) {
        Set<String> known = new TreeSet<>(layer.libraries());
        known.addAll(Set.of("java", "javax", "jdk", "org.jspecify"));
        known.add("org.bitloom." + layer.name());
        layer.mayKnow().forEach(below -> known.add("org.bitloom." + below));
        classes()
                .that()
                .resideInAPackage("org.bitloom." + layer.name() + "..")
                .should()
                .onlyDependOnClassesThat(describe(
                        "are in " + known,
                        other -> other.getBaseComponentType().isPrimitive() || isIn(other.getBaseComponentType(), known)))
                .allowEmptyShould(true)
                .check(PRODUCT);
    }

    private static boolean isIn(JavaClass type, Set<String> packages) {
        return packages.stream().anyMatch(name -> (type.getPackageName() + ".").startsWith(name + "."));
    }

    @Test
    void everyClassBelongsToAKnownModule() {
        Set<String> known = LAYERS.stream().map(layer -> "org.bitloom." + layer.name()).collect(Collectors.toSet());
        assertThat(PRODUCT).isNotEmpty().filteredOn(type -> !isIn(type, known)).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsAndIsNullMarked() {
        Set<String> packages = PRODUCT.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
        assertThat(packages).filteredOn(name -> !PRODUCT.contain(name + ".package-info")
                        || !PRODUCT.get(name + ".package-info").isAnnotatedWith(NullMarked.class))
                .isEmpty();
    }
}
