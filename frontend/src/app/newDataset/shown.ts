import type { Dataset } from '@/lib/datasets';
import type { NewDataset } from '@/features/datasets/api/createDataset';

const DRAWING: Dataset['drawing'] = {
  shapes: ['rect', 'polygon', 'freehand'],
  box_by: 'drag',
  from_centre: false,
  crossing: 'warn',
  stroke_width: 2,
  font_size: 12,
  darken: 0,
  show_labels: true,
  label_list: 'list',
};

/** A dataset that is not there yet, as those who answer will be told of it. */
export function shownOf(asked: NewDataset): Dataset {
  const now = new Date(0).toISOString();
  return {
    ...asked,
    id: 'preview',
    slug: 'preview',
    config_version: 1,
    time_zone: 'UTC',
    role: 'annotator',
    capabilities: [],
    created_at: now,
    archived_at: null,
    drawing: { ...DRAWING, ...asked.drawing },
    labels: asked.labels
      .filter(({ name }) => name.trim() !== '')
      .map((label) => ({
        ...label,
        id: label.name,
        shapes: DRAWING.shapes,
        retired: false,
        merged_into: null,
      })),
  };
}
