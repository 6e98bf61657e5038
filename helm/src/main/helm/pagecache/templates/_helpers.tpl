{{- define "pagecache.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "pagecache.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" }}
{{- else if contains "pagecache" .Release.Name }}
{{- .Release.Name | trunc 50 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "pagecache.name" .) | trunc 50 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "pagecache.operator" -}}
{{- printf "%s-operator" (include "pagecache.fullname" .) }}
{{- end }}

{{- define "pagecache.selectorLabels" -}}
app.kubernetes.io/name: pagecache-operator
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "pagecache.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{ include "pagecache.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/component: operator
app.kubernetes.io/part-of: pagecache
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "pagecache.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "pagecache.operator" .) .Values.serviceAccount.name }}
{{- else }}
{{- required "serviceAccount.name must be set when serviceAccount.create is false" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "pagecache.image" -}}
{{- printf "%s:%s" .image.repository (default .appVersion .image.tag) }}
{{- end }}
