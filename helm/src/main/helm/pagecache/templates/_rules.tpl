{{- /* What the operator may do in a namespace it serves. No wildcards: each line has its reason beside it. */}}
{{- define "pagecache.rules" -}}
# The policies and purges themselves, whose specs only their authors write; finished purges are deleted.
- apiGroups: [pagecache.io]
  resources: [pagecachepolicies]
  verbs: [get, list, watch]
- apiGroups: [pagecache.io]
  resources: [pagecachepurges]
  verbs: [get, list, watch, delete]
- apiGroups: [pagecache.io]
  resources: [pagecachepolicies/status, pagecachepurges/status]
  verbs: [get, patch, update]
# Needed to name a policy as owner where the admission plugin OwnerReferencesPermissionEnforcement is on.
- apiGroups: [pagecache.io]
  resources: [pagecachepolicies/finalizers]
  verbs: [update]
# The children of a policy, by server-side apply.
- apiGroups: [apps]
  resources: [deployments]
  verbs: [get, list, watch, create, patch, update, delete]
- apiGroups: [""]
  resources: [services, serviceaccounts, configmaps]
  verbs: [get, list, watch, create, patch, update, delete]
- apiGroups: [policy]
  resources: [poddisruptionbudgets]
  verbs: [get, list, watch, create, patch, update, delete]
# The management tokens, by name: no Secret is listed or watched.
- apiGroups: [""]
  resources: [secrets]
  verbs: [get, create, patch]
# Which proxies there are, and where.
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list, watch]
- apiGroups: ["", events.k8s.io]
  resources: [events]
  verbs: [create, patch]
{{- end }}
