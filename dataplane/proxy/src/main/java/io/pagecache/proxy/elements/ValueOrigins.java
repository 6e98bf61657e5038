package io.pagecache.proxy.elements;

import io.pagecache.http.AcceptLanguage;
import io.pagecache.plan.FileRef;
import io.pagecache.plan.Pages;
import io.pagecache.plan.ValueSource;
import io.pagecache.proxy.files.FollowedFile;
import io.pagecache.proxy.stores.GuardedStore;
import io.pagecache.template.ElementProvider;
import io.pagecache.template.PageValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** From the declaration of a value to where it comes from. */
record ValueOrigins(ElementBatch.Services services, Map<String, GuardedStore> stores, FollowedSources followed) {

    DeclaredValue.Origin of(Pages.Value value) {
        return switch (value.source()) {
            case ValueSource.Counter counter -> StoredValue.counter(value, counter, store(counter.store()));
            case ValueSource.Entry entry -> StoredValue.entry(value, entry, store(entry.store()));
            case ValueSource.Cookie cookie -> provided(cookie(cookie));
            case ValueSource.Header(String name) -> provided(RequestValues.header(name));
            case ValueSource.Query(String name) -> provided(RequestValues.query(name));
            case ValueSource.Path path -> provided(PathValue.of(value.name(), path));
            case ValueSource.Request(var property) -> provided(RequestValues.property(property));
            case ValueSource.Language(List<String> languages) -> provided(language(languages));
            case ValueSource.GeoHeader(String name) -> provided(RequestValues.vouchedHeader(name));
            case ValueSource.GeoDatabase(FileRef file) -> provided(geo(file));
            case ValueSource.Messages messages -> provided(messages(messages));
            case ValueSource.Http http -> provided(services.remote().value(value, http, services.kept()));
        };
    }

    private static DeclaredValue.Provided provided(ElementProvider provider) {
        return new DeclaredValue.Provided(provider);
    }

    /** The plan has checked that there is one. */
    private GuardedStore store(String name) {
        return Objects.requireNonNull(stores.get(name));
    }

    private ElementProvider cookie(ValueSource.Cookie cookie) {
        return switch (cookie.form()) {
            case PLAIN -> RequestValues.cookie(cookie.name());
            case URL -> RequestValues.decodedCookie(cookie.name());
            case BASE64_JSON -> RequestValues.jsonCookie(cookie.name());
            case JWT -> {
                Path file = services.references()
                        .resolve(Objects.requireNonNull(cookie.secret()).path());
                FollowedFile<byte[]> secret = follow(new FollowedFile<>(file, SignedToken::key));
                yield new SignedToken(cookie.name(), secret, services.clock());
            }
        };
    }

    private static ElementProvider language(List<String> languages) {
        return request ->
                CompletableFuture.completedFuture(PageValue.of(AcceptLanguage.lookup(request.headers(), languages)));
    }

    private ElementProvider geo(FileRef file) {
        GeoDatabase database = new GeoDatabase(services.references().resolve(file.path()));
        followed.add(database::look);
        return database;
    }

    private ElementProvider messages(ValueSource.Messages messages) {
        MessageCatalog catalog = new MessageCatalog();
        for (String language : messages.languages()) {
            FileRef file = new FileRef(FileRef.Kind.CONFIG_MAP, messages.configMap(), language);
            catalog.add(
                    language,
                    follow(new FollowedFile<>(services.references().resolve(file.path()), MessageTexts::read)));
        }
        return catalog;
    }

    private <T> FollowedFile<T> follow(FollowedFile<T> file) {
        followed.add(file::look);
        return file;
    }
}
