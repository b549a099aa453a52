import { ApiError } from '@/lib/http';

export function asApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError(0, { detail: String(error) });
}

/** The image of the task was replaced or taken down: nothing about it is taken any more. */
export function isTakenDown(error: unknown): boolean {
  return asApiError(error).code === 'taken_down';
}

/** Nobody answered, the session is over, or the server is busy: the same may succeed later. */
export function isTemporary({ status, code }: ApiError): boolean {
  const later = [0, 401, 408, 429].includes(status) || status >= 500;
  return later || code === 'idempotency_in_flight' || code === 'csrf_failed';
}
