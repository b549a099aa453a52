import { api } from '@/lib/api';
import { pagedQuery } from '@/lib/paging';
import type { Wire } from '@/lib/wire';

export type Webhook = Wire<'Webhook'>;
export type Delivery = Wire<'Delivery'>;
export type EventKind = Webhook['events'][number];

/** All that a webhook may hear of, in the order of the form. */
export const KINDS: readonly EventKind[] = [
  'answer.created',
  'answer.updated',
  'task.completed',
  'review.finalised',
  'import.done',
  'export.done',
  'snapshot.made',
];

export function webhooksQuery(dataset: string) {
  return pagedQuery(['dataset', dataset, 'webhooks'], '/api/webhooks/', { query: { dataset } });
}

export function createWebhook(dataset: string, url: string, events: EventKind[]) {
  return api.post('/api/webhooks/', { body: { dataset, url, events } });
}

export function changeWebhook(webhook: string, body: Wire<'WebhookChangeRequest'>) {
  return api.patch('/api/webhooks/{webhook_id}/', { path: { webhook_id: webhook }, body });
}

export function deleteWebhook(webhook: string) {
  return api.delete('/api/webhooks/{webhook_id}/', { path: { webhook_id: webhook } });
}

/** Sends a message that tells of nothing. */
export function sendTest(webhook: string) {
  return api.post('/api/webhooks/{webhook_id}/test/', { path: { webhook_id: webhook } });
}

export function redeliver(webhook: string, delivery: string) {
  return api.post('/api/webhooks/{webhook_id}/deliveries/{delivery_id}/redeliver/', {
    path: { webhook_id: webhook, delivery_id: delivery },
  });
}

export function deliveriesQuery(webhook: string) {
  return pagedQuery(['webhook', webhook, 'deliveries'], '/api/webhooks/{webhook_id}/deliveries/', {
    path: { webhook_id: webhook },
    query: { limit: 20 },
  });
}
