import type { LayerInput, Span } from '@/canvas';
import { strokeAt } from '@/lib/strokes';
import type { Conflict, MergedObject, ReviewTask } from '../api/reviews';
import type { Decided } from './proposal';
import { objectOf } from './proposal';
import { touch } from './reworked';

const MERGED = '#ffffff';
/** A narrower band would only blur the line, px. */
const LEAST_BAND = 0.5;

export function versionStyle(task: ReviewTask, key: string) {
  const place = task.versions.findIndex((version) => version.key === key);
  return strokeAt(place);
}

/**
 * What lies over the image: what is agreed faded, the object in question in every version and
 * merged. `alone` is the one version that is being looked at.
 */
export function layersOf(
  task: ReviewTask,
  conflict: Conflict | undefined,
  decided: Decided,
  alone: string | null,
): LayerInput[] {
  const object = objectOf(task, conflict);
  const around = task.merge.objects.filter(
    (each) => each !== object && !isDeleted(task, each, decided),
  );
  const layers: LayerInput[] = [
    { id: 'around', spans: around.map(labelled), faded: conflict !== undefined },
    ...lateLayers(task, object, alone),
  ];
  if (!object) return layers;
  layers.push({ id: 'band', spans: bandOf(object), colour: MERGED, dash: [2, 4], faded: true });
  layers.push({
    id: 'merged',
    name: 'merged',
    spans: [labelled(object)],
    colour: MERGED,
    visible: alone === null,
  });
  for (const { version, span_id } of object.members) {
    const span = spanOf(task, version, span_id);
    if (version === null || !span) continue;
    const visible = alone === null || alone === version;
    layers.push({
      id: version,
      name: version,
      spans: [span],
      visible,
      ...versionStyle(task, version),
    });
  }
  return layers;
}

/** What came too late to have a vote, in its own stroke: on the object in question, or all of it. */
function lateLayers(
  task: ReviewTask,
  object: MergedObject | undefined,
  alone: string | null,
): LayerInput[] {
  return task.versions
    .filter(({ late, key }) => late && (alone === null || alone === key))
    .map(({ key, spans }) => ({
      id: `${key} late`,
      name: key,
      spans: object ? spans.filter((span) => touch(span, object.span)) : spans,
      ...versionStyle(task, key),
    }));
}

/** How sure the edges of a box are: one standard deviation of the versions outward and inward. */
export function bandOf({ span, edge_sd: deviation }: MergedObject): Span[] {
  const [left = 0, top = 0, right = 0, bottom = 0] = deviation ?? [];
  const widest = Math.max(left, top, right, bottom);
  if (span.type !== 'rect' || widest < LEAST_BAND) return [];
  return [1, -1].flatMap((way) => {
    const x = span.x - way * left;
    const y = span.y - way * top;
    const width = span.width + way * (left + right);
    const height = span.height + way * (top + bottom);
    return width > 0 && height > 0
      ? [{ id: `band ${way}`, type: 'rect', x, y, width, height }]
      : [];
  });
}

/** A span for the canvas, which wants a label to write on the tag. */
function labelled({ span, label }: MergedObject): Span {
  return { ...span, label: label ?? '?' };
}

function spanOf(task: ReviewTask, version: string | null, id: string | null): Span | undefined {
  return task.versions.find(({ key }) => key === version)?.spans.find((span) => span.id === id);
}

function isDeleted(task: ReviewTask, object: MergedObject, decided: Decided): boolean {
  return task.conflicts.some(
    (conflict) => conflict.object === object.index && decided.get(conflict.id)?.action === 'delete',
  );
}
