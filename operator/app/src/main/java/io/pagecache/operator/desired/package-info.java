/** The Kubernetes objects a policy wants to exist: each a pure function of the pass's inputs. */
@NullMarked
package io.pagecache.operator.desired;

import org.jspecify.annotations.NullMarked;
