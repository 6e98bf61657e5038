{{- /* What the operator may do in a namespace it serves: operator/app/README.md lists it, a test compares. */}}
{{- define "pagecache.rules" -}}
# The policies and purges themselves: their specs are their authors'. Finished purges are deleted.
- apiGroups: [pagecache.io]
  resources: [pagecachepolicies]
  verbs: [get, list, watch]
- apiGroups: [pagecache.io]
  resources: [pagecachepurges]
  verbs: [get, list, watch, delete]
- apiGroups: [pagecache.io]
  resources: [pagecachepolicies/status, pagecachepurges/status]
  verbs: [patch]
# Needed to name a policy as owner where the admission plugin OwnerReferencesPermissionEnforcement is on.
- apiGroups: [pagecache.io]
  resources: [pagecachepolicies/finalizers]
  verbs: [update]
# The children of a policy, by server-side apply; origins are Services, too.
- apiGroups: [""]
  resources: [configmaps, serviceaccounts, services]
  verbs: [get, list, watch, create, patch]
- apiGroups: [apps]
  resources: [deployments]
  verbs: [get, list, watch, create, patch]
# Those whose rollouts purge, by name.
- apiGroups: [apps]
  resources: [statefulsets]
  verbs: [get]
# One proxy has no budget.
- apiGroups: [policy]
  resources: [poddisruptionbudgets]
  verbs: [get, list, watch, create, patch, delete]
# The management tokens and what policies name, by name: no Secret is listed or watched.
- apiGroups: [""]
  resources: [secrets]
  verbs: [get, create]
# Whether a volume that a policy names exists.
- apiGroups: [""]
  resources: [persistentvolumeclaims]
  verbs: [get]
# Which proxies there are, and where.
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list, watch]
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create]
{{- end }}
