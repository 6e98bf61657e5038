package io.pagecache.operator.run;

import io.javaoperatorsdk.operator.Operator;

/** How far the process is. */
sealed interface OperatorState {

    /** @param obstacle why the last try failed */
    record Starting(String obstacle) implements OperatorState {}

    /** Caches are filled; this replica leads or stands by. */
    record Running(Operator operator) implements OperatorState {}
}
