import type { LayerInput } from '@/canvas';
import type { Thread } from '@/lib/threads';

const PIN = '#c08bff';

/** The places of open threads, to be seen on the image, and of the one that a link led to. */
export function pinsOf(threads: readonly Thread[], shown: Thread | null): LayerInput {
  const open = threads.filter(({ id, resolved_at }) => resolved_at === null && id !== shown?.id);
  const spans = [...open, ...(shown ? [shown] : [])].flatMap(({ id, region }) =>
    region ? [{ ...region, id, type: 'rect', label: '' }] : [],
  );
  return { id: 'threads', spans, colour: PIN, dash: [2, 3] };
}
