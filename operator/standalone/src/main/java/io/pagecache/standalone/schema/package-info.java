/** What an API server does with a custom resource: defaults, structural schema, CEL rules. */
@NullMarked
package io.pagecache.standalone.schema;

import org.jspecify.annotations.NullMarked;
