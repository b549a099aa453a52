import { api } from '@/lib/api';
import { pagedQuery } from '@/lib/paging';

/** Saves the text on top of a version, 0 for the first; 412 where somebody else was faster. */
export function saveGuideline(dataset: string, text: string, basedOn: number) {
  return api.post('/api/datasets/{dataset}/guidelines/', {
    path: { dataset },
    ifMatch: basedOn,
    body: { text },
  });
}

export function previewGuideline(dataset: string, text: string) {
  return api.post('/api/datasets/{dataset}/guidelines/preview/', {
    path: { dataset },
    body: { text },
  });
}

/** Images that can be shown as examples. */
export function examplesQuery(dataset: string) {
  return pagedQuery(['dataset', dataset, 'examples'], '/api/datasets/{dataset}/tasks/', {
    path: { dataset },
    query: { limit: 24 },
  });
}
