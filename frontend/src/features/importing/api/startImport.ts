import { api } from '@/lib/api';
import type { Wire } from '@/lib/wire';
import type { Chosen } from '../files';

export type ImportOptions = Required<
  Pick<
    Wire<'ImportRequest'>,
    | 'as'
    | 'base'
    | 'box_format'
    | 'connection'
    | 'encoding'
    | 'fetch'
    | 'format'
    | 'match_people'
    | 'on_duplicate'
    | 'unknown_label'
    | 'url_field'
  >
>;

export const BOX_FORMATS = ['xywh', 'centre', 'xyxy'] as const;

/** A list that the server keeps since it was looked at, or image files. */
export type ImportSource =
  { kind: 'kept'; list: string } | { kind: 'images'; files: readonly Chosen[] };

/** Begins an import; the key makes a second send of the same one harmless. */
export function startImport(
  dataset: string,
  source: ImportSource,
  options: ImportOptions,
  idempotencyKey: string,
) {
  const path = { dataset };
  if (source.kind === 'kept') {
    const body = { list: source.list, ...options };
    return api.post('/api/datasets/{dataset}/imports/', { path, body, idempotencyKey });
  }
  const body = optionsForm({ ...options, connection: null, encoding: '', format: '' });
  const inFolders = source.files.some((each) => each.path !== '');
  for (const each of source.files) {
    body.append('files', each.file);
    if (inFolders) body.append('paths', each.path);
  }
  return api.post('/api/datasets/{dataset}/images/', { path, body, idempotencyKey });
}

/** Files have neither of the first two. */
export function optionsForm({ connection, encoding, ...choices }: ImportOptions): FormData {
  const form = new FormData();
  for (const [name, choice] of Object.entries(choices)) form.append(name, String(choice));
  if (connection !== null) form.append('connection', connection);
  if (encoding !== '') form.append('encoding', encoding);
  return form;
}
