package io.pagecache.operator.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.pagecache.api.v1alpha1.PageCachePolicy;
import org.junit.jupiter.api.Test;

class TolerantReadingTest {

    @Test
    void shouldReadAPolicyWithAValueOfANewerDefinition() {
        ObjectMapper mapper = new ObjectMapper();
        new TolerantReading().customize(mapper);
        KubernetesSerialization serialization = new KubernetesSerialization(mapper, false);

        PageCachePolicy policy = serialization.unmarshal("""
                { "apiVersion": "pagecache.io/v1alpha1", "kind": "PageCachePolicy", "metadata": { "name": "shop" },
                  "spec": { "mode": "Dreaming", "origin": { "url": "http://shop.test" }, "hosts": ["shop.test"] } }
                """, PageCachePolicy.class);

        assertThat(policy.getSpec().mode()).isNull();
        assertThat(policy.getSpec().hosts()).containsExactly("shop.test");
    }
}
