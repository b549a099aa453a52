import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { send } from './http';
import { useSlug } from './slug';
import type { Wire } from './wire';

export type Interface = Wire<'InterfaceEnum'>;
export type Role = Wire<'RoleEnum'>;
export type Capability =
  | 'see_dataset'
  | 'see_finals'
  | 'see_images'
  | 'label'
  | 'review'
  | 'see_answers'
  | 'see_members'
  | 'manage'
  | 'import'
  | 'export';

export type Label = Required<Wire<'Label'>>;
/** An option's id keeps its JSON type: 1 is not "1". */
export type Option = Omit<Wire<'Option'>, 'id'> & { id: string | number };
export type Overlap = number | 'all' | { base: number; share: number; to: number };
export type ReviewPolicy = 'none' | 'conflicts' | 'all' | { sample: number };

/** The document leaves open what is JSON to it; here it has its shape. */
interface Shaped {
  labels: Label[];
  options: Option[];
  overlap: Overlap;
  review_policy: ReviewPolicy;
  capabilities: Capability[];
}

export type Dataset = Omit<Wire<'Dataset'>, keyof Shaped> & Shaped;
export type Progress = Wire<'Progress'>;

export const ROLES: readonly Role[] = ['annotator', 'reviewer', 'manager', 'viewer'];

/** One dataset, by its slug or its id. */
export function datasetQuery(slug: string) {
  return queryOptions({
    queryKey: ['dataset', slug],
    queryFn: () => send<Dataset>('GET', `/api/datasets/${slug}/`),
  });
}

export function progressQuery(slug: string) {
  return queryOptions({
    queryKey: ['dataset', slug, 'progress'],
    queryFn: () => send<Progress>('GET', `/api/datasets/${slug}/progress/`),
  });
}

/** The dataset of this address, which its route has loaded. */
export function useDataset(): Dataset {
  return useSuspenseQuery(datasetQuery(useSlug())).data;
}

export function may(dataset: Pick<Dataset, 'capabilities'>, capability: Capability): boolean {
  return dataset.capabilities.includes(capability);
}
