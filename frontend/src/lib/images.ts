import { api } from './api';
import type { Wire } from './wire';

/** An image that a manager may act on. */
export type OwnImage = Wire<'Original'>;
export type ImportRow = Wire<'ImportRow'>;

/** Shows an image to nobody any more; with `withdraw` also one that people have worked on. */
export function takeDown(image: string, withdraw: boolean) {
  const path = { image };
  return api.post('/api/images/{image}/take-down/', { path, body: { withdraw } });
}

const PAUSE = 400;

/**
 * Has a file, or what lies at an address, brought in the place of an image, and waits for what comes
 * of that: the end of its row. The key makes a second send harmless.
 */
export async function replaceImage(
  image: string,
  source: File | string,
  withdraw: boolean,
  idempotencyKey: string,
): Promise<ImportRow> {
  const body = bodyOf(source, withdraw);
  const path = { image };
  const { id } = await api.post('/api/images/{image}/replacement/', { path, body, idempotencyKey });
  for (;;) {
    const { results } = await api.get('/api/imports/{import_id}/rows/', {
      path: { import_id: id },
    });
    const row = results[0];
    if (row && !['queued', 'fetching'].includes(row.state)) return row;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

function bodyOf(source: File | string, withdraw: boolean) {
  if (typeof source === 'string') return { url: source, withdraw };
  const form = new FormData();
  form.append('file', source);
  form.append('withdraw', String(withdraw));
  return form;
}
