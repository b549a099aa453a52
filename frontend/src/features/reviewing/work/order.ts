import type { Order } from '../api/reviews';

const KEY = 'concord-review-order';

/** By what tasks can come, the usual one first. */
export const ORDERS: readonly Order[] = [
  'loss',
  'class',
  'annotator',
  'oldest',
  'random',
  'missed',
];

/** The order that was chosen in this browser. */
export function keptOrder(): Order {
  return ORDERS.find((order) => order === localStorage.getItem(KEY)) ?? 'loss';
}

export function keepOrder(order: Order): void {
  localStorage.setItem(KEY, order);
}
