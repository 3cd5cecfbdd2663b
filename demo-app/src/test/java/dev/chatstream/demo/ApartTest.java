package dev.chatstream.demo;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ApartTest {
    private static final String TOUR = "dev.chatstream.demo.tour";

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.chatstream.demo");

    @Test
    void theServiceKnowsNothingOfTheTour() {
        noClasses()
                .that()
                .resideOutsideOfPackage(TOUR)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(TOUR)
                .check(classes);
    }

    @Test
    void theTourSeesTheServiceFromOutsideAndNeedsNothingButTheJdk() {
        noClasses()
                .that()
                .resideInAPackage(TOUR)
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(TOUR, "java..", "javax.net..", "org.jspecify..")
                .check(classes);
    }
}
