package io.pagecache.proxy.elements;

import io.pagecache.http.AcceptLanguage;
import io.pagecache.http.PageRequest;
import io.pagecache.proxy.files.FollowedFile;
import io.pagecache.template.ElementProvider;
import io.pagecache.template.PageValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Texts in the reader's language; those that it lacks are the first language's. */
final class MessageCatalog implements ElementProvider {

    /** What a language's texts were made from; other maps mean that a file has changed. */
    private record Made(@Nullable Map<?, ?> base, @Nullable Map<?, ?> own, PageValue texts) {}

    private final List<String> languages = new ArrayList<>();
    private final Map<String, FollowedFile<Map<?, ?>>> files = new HashMap<>();
    private final Map<String, Made> made = new ConcurrentHashMap<>();

    void add(String language, FollowedFile<Map<?, ?>> texts) {
        languages.add(language);
        files.put(language, texts);
    }

    @Override
    public CompletionStage<PageValue> lookUp(PageRequest request) {
        String language = AcceptLanguage.lookup(request.headers(), languages);
        return CompletableFuture.completedFuture(texts(language));
    }

    private PageValue texts(String language) {
        Map<?, ?> base = current(languages.getFirst());
        Map<?, ?> own = current(language);
        Made known = made.get(language);
        if (known != null && known.base == base && known.own == own) {
            return known.texts;
        }
        Map<Object, Object> all = new HashMap<>();
        if (base != null) {
            all.putAll(base);
        }
        if (own != null) {
            all.putAll(own);
        }
        PageValue texts = all.isEmpty() ? PageValue.MISSING : PageValue.of(all);
        made.put(language, new Made(base, own, texts));
        return texts;
    }

    private @Nullable Map<?, ?> current(String language) {
        FollowedFile<Map<?, ?>> file = files.get(language);
        return file == null ? null : file.current();
    }
}
