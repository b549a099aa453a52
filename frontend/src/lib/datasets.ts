import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { api } from './api';
import { useSlug } from './slug';
import type { Wire } from './wire';

export type Interface = Wire<'Interface'>;
export type Role = Wire<'Role'>;
export type Capability = Wire<'Capability'>;
export type Label = Wire<'Label'>;
export type Option = Wire<'Option'>;
export type Dataset = Wire<'Dataset'>;
export type Overlap = Dataset['overlap'];
export type ReviewPolicy = Dataset['review_policy'];
export type Progress = Wire<'Progress'>;

export const ROLES: readonly Role[] = ['annotator', 'reviewer', 'manager', 'viewer'];

/** One dataset, by its slug or its id. */
export function datasetQuery(slug: string) {
  return queryOptions({
    queryKey: ['dataset', slug],
    queryFn: () => api.get('/api/datasets/{dataset}/', { path: { dataset: slug } }),
  });
}

export function progressQuery(slug: string) {
  return queryOptions({
    queryKey: ['dataset', slug, 'progress'],
    queryFn: () => api.get('/api/datasets/{dataset}/progress/', { path: { dataset: slug } }),
  });
}

/** The dataset of this address, which its route has loaded. */
export function useDataset(): Dataset {
  return useSuspenseQuery(datasetQuery(useSlug())).data;
}

export function may(dataset: Pick<Dataset, 'capabilities'>, capability: Capability): boolean {
  return dataset.capabilities.includes(capability);
}

/** Whether shapes, and with them labels, are part of the question. */
export function hasLabels(kind: Interface): boolean {
  return kind === 'image_manual' || kind === 'image';
}
