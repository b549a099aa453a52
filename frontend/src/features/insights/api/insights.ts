import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api';
import type { Wire } from '@/lib/wire';

export type Insights = Wire<'Insights'>;
export type Confusion = Wire<'Confusion'>;
export type Example = Wire<'Example'>;
export type Quality = Wire<'Quality'>;
export type PersonQuality = Wire<'PersonQuality'>;
export type OwnQuality = Wire<'OwnQuality'>;
export type Share = Wire<'Share'>;
export type BehindShare = Wire<'BehindShare'>;

export function insightsQuery(dataset: string) {
  return queryOptions({
    queryKey: ['dataset', dataset, 'insights'],
    queryFn: () => api.get('/api/datasets/{dataset}/insights/', { path: { dataset } }),
  });
}

export type Estimate = Wire<'Estimate'>;
export type AgreementFigures = Wire<'Agreement'>;

export function agreementQuery(dataset: string) {
  return queryOptions({
    queryKey: ['dataset', dataset, 'agreement'],
    queryFn: () => api.get('/api/datasets/{dataset}/agreement/', { path: { dataset } }),
  });
}

export function qualityQuery(dataset: string) {
  return queryOptions({
    queryKey: ['dataset', dataset, 'quality'],
    queryFn: () => api.get('/api/datasets/{dataset}/quality/', { path: { dataset } }),
  });
}

export function ownQualityQuery(dataset: string) {
  return queryOptions({
    queryKey: ['dataset', dataset, 'quality', 'mine'],
    queryFn: () => api.get('/api/datasets/{dataset}/quality/mine/', { path: { dataset } }),
  });
}
