/** From a policy file to a policy that an API server and the operator would accept, or to what is wrong with it. */
@NullMarked
package io.pagecache.standalone.policy;

import org.jspecify.annotations.NullMarked;
