import { api } from '@/lib/api';
import type { Wire } from '@/lib/wire';

export type ImportOptions = Required<
  Pick<Wire<'ImportRequest'>, 'connection' | 'on_duplicate' | 'unknown_label'>
>;

export type ImportSource =
  | { kind: 'list'; file: File }
  | { kind: 'text'; text: string }
  | { kind: 'images'; files: readonly File[] };

/** Begins an import; the key makes a second send of the same one harmless. */
export function startImport(
  dataset: string,
  source: ImportSource,
  options: ImportOptions,
  idempotencyKey: string,
) {
  const path = { dataset };
  if (source.kind === 'images') {
    const body = form(source, options);
    return api.post('/api/datasets/{dataset}/images/', { path, body, idempotencyKey });
  }
  const body = source.kind === 'text' ? { text: source.text, ...options } : form(source, options);
  return api.post('/api/datasets/{dataset}/imports/', { path, body, idempotencyKey });
}

function form(source: Exclude<ImportSource, { kind: 'text' }>, options: ImportOptions): FormData {
  const data = new FormData();
  if (source.kind === 'list') {
    data.append('file', source.file);
    if (options.connection !== null) data.append('connection', options.connection);
  } else {
    for (const file of source.files) data.append('files', file);
  }
  data.append('on_duplicate', options.on_duplicate);
  data.append('unknown_label', options.unknown_label);
  return data;
}
