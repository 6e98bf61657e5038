package io.pagecache.operator.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * One of the words of an annotation, which blanks separate.
 *
 * @param column where it begins, from 1
 */
record AnnotationTerm(int column, String text) {

    static List<AnnotationTerm> in(String annotation) {
        List<AnnotationTerm> terms = new ArrayList<>();
        int at = 0;
        while (at < annotation.length()) {
            int start = at;
            while (at < annotation.length() && !Character.isWhitespace(annotation.charAt(at))) {
                at++;
            }
            if (at > start) {
                terms.add(new AnnotationTerm(start + 1, annotation.substring(start, at)));
            }
            at++;
        }
        return terms;
    }
}
