import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { send } from './http';
import { useSlug } from './slug';

export type Interface = 'image_manual' | 'classification' | 'choice';
export type Role = 'manager' | 'reviewer' | 'annotator' | 'viewer';
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

export interface Label {
  id: string;
  name: string;
  colour: string;
  key: string;
  shapes: string[];
  retired: boolean;
}

export interface Option {
  id: string | number;
  text: string;
  key?: string;
}

export type Overlap = number | 'all' | { base: number; share: number; to: number };
export type ReviewPolicy = 'none' | 'conflicts' | 'all' | { sample: number };

export interface Dataset {
  id: string;
  slug: string;
  name: string;
  description: string;
  interface: Interface;
  config_version: number;
  time_zone: string;
  labels: Label[];
  options: Option[];
  question: string;
  choice_style: 'single' | 'multiple';
  auto_accept: boolean;
  overlap: Overlap;
  review_policy: ReviewPolicy;
  role: Role;
  capabilities: Capability[];
  created_at: string;
}

export interface Progress {
  tasks: { total: number; open: number; answered: number; conflicted: number; final: number };
  answers: { accept: number; reject: number; ignore: number };
  people: { user: { id: string; name: string }; answers: number; seconds_median?: number | null }[];
  mine: { done_today: number; done: number; left: number };
  review: { waiting: number };
}

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
