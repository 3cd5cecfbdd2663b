package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What stands within the brackets of a returned type")
class TypeArgumentsTest {

    @Test
    void isFoundAtEveryDepth() {
        assertThat(TypeArguments.ofReturned(
                        "(Ljava/util/List<Ljava/lang/Integer;>;)Lm/Mono<Ls/Entity<Lm/Flux<Lc/Token;>;>;>;"))
                .containsExactly("s/Entity", "m/Flux", "c/Token");
    }

    @Test
    void isFoundBehindWildcardsArraysAndNestedTypes() {
        assertThat(TypeArguments.ofReturned("()Lm/Map<+Lm/Flux<*>;[Lc/Part;>;")).containsExactly("m/Flux", "c/Part");
        assertThat(TypeArguments.ofReturned("()Lm/Outer<Lc/A;>.Inner<Lc/B;>;")).containsExactly("c/A", "c/B");
        assertThat(TypeArguments.ofReturned("()Lm/Mono<[B>;")).isEmpty();
    }

    @Test
    void isNothingWhereThereAreNoneOrOnlyVariables() {
        assertThat(TypeArguments.ofReturned(null)).isEmpty();
        assertThat(TypeArguments.ofReturned("<T:Ljava/util/List<Lc/A;>;>(TT;)TT;"))
                .isEmpty();
        assertThat(TypeArguments.ofReturned("<T:Ljava/lang/Object;>(TT;)Lm/Mono<TT;>;"))
                .isEmpty();
        assertThat(TypeArguments.ofReturned("<E:Ljava/lang/Exception;>(TE;)Lm/Mono<Lc/A;>;^TE;^Lc/F<Lc/B;>;"))
                .containsExactly("c/A");
    }

    @Test
    void ofAFunctionThatSuspendsAreThoseOfItsContinuation() {
        assertThat(
                        TypeArguments.ofSuspended(
                                "(Ljava/util/List<Lc/A;>;Lkotlin/coroutines/Continuation<-Lm/Flow<Lc/Token;>;>;)Ljava/lang/Object;"))
                .containsExactly("m/Flow", "c/Token");
        assertThat(TypeArguments.ofSuspended("(Lkotlin/coroutines/Continuation<-TT;>;)Ljava/lang/Object;"))
                .isEmpty();
        assertThat(TypeArguments.ofSuspended(null)).isEmpty();
    }
}
