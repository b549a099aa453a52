import { send } from '@/lib/http';
import type { Import } from './imports';

export interface ImportOptions {
  connection: string | null;
  on_duplicate: 'skip' | 'keep';
  unknown_label: 'refuse' | 'add';
}

export type ImportSource =
  | { kind: 'list'; file: File }
  | { kind: 'text'; text: string }
  | { kind: 'images'; files: readonly File[] };

/** Begins an import; the key makes a second send of the same one harmless. */
export function startImport(
  slug: string,
  source: ImportSource,
  options: ImportOptions,
  idempotencyKey: string,
): Promise<Import> {
  const path = source.kind === 'images' ? 'images' : 'imports';
  return send('POST', `/api/datasets/${slug}/${path}/`, {
    body: source.kind === 'text' ? { text: source.text, ...options } : form(source, options),
    idempotencyKey,
  });
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
