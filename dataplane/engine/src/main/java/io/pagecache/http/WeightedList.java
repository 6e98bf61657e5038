package io.pagecache.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lists of the {@code Accept} family (RFC 9110 section 12.5), one text for those that mean the same: blanks, letter case, empty
 * members and the way a weight is written do not count, and members of different weight have no order. Those of equal weight have
 * one to many servers, so theirs is kept.
 */
public final class WeightedList {
    /** Longer lists are left in the order they have. */
    private static final int MOST_MEMBERS = 32;

    private record Member(String text, int weight) {}

    private WeightedList() {}

    /** @param list without quoted strings */
    public static String normalised(String list) {
        String plain = withoutBlanks(list);
        List<Member> members = new ArrayList<>(4);
        int start = 0;
        while (start <= plain.length()) {
            int comma = plain.indexOf(',', start);
            int end = comma < 0 ? plain.length() : comma;
            if (end > start) {
                if (members.size() == MOST_MEMBERS) {
                    return plain;
                }
                insert(members, member(plain, start, end));
            }
            start = end + 1;
        }
        return joined(members, plain.length());
    }

    private static Member member(String list, int start, int end) {
        int semicolon = list.indexOf(';', start, end);
        if (semicolon < 0) {
            return new Member(list.substring(start, end), QualityValue.MOST);
        }
        int weight = QualityValue.parse(list, semicolon, end);
        int last = list.lastIndexOf(';', end - 1);
        boolean endsWithWeight = list.startsWith(";q=", last);
        if (weight == 0 || !endsWithWeight) {
            return new Member(list.substring(start, end), weight); // malformed, or more than a weight: as it is
        }
        String name = list.substring(start, last);
        return new Member(weight == QualityValue.MOST ? name : name + ";q=" + weight, weight);
    }

    private static void insert(List<Member> members, Member member) {
        int at = members.size();
        while (at > 0 && members.get(at - 1).weight() < member.weight()) {
            at--;
        }
        members.add(at, member);
    }

    private static String joined(List<Member> members, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < members.size(); i++) {
            text.append(i == 0 ? "" : ",").append(members.get(i).text());
        }
        return text.toString();
    }

    private static String withoutBlanks(String list) {
        StringBuilder kept = new StringBuilder(list.length());
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            if (c != ' ' && c != '\t') {
                kept.append(c);
            }
        }
        return kept.toString().toLowerCase(Locale.ROOT);
    }
}
