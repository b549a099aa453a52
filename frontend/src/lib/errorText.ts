import { ApiError } from './http';
import { i18next } from './i18n';

/** What to tell the person: our words for a code that we know, else the server's, else that we do not know. */
export function errorText(error: unknown): string {
  if (!(error instanceof ApiError)) return i18next.t('error.unknown');
  const fields = sentencesIn(error.errors);
  if (fields.length > 0) return fields.join(' ');
  if (i18next.exists(`error.${error.code}`))
    return i18next.t(`error.${error.code}` as 'error.unknown');
  if (error.status === 429) return i18next.t('error.rate_limited');
  if (error.status >= 500 && error.code === 'unknown') return i18next.t('error.server_error');
  return error.message || i18next.t('error.unknown');
}

/** Errors are nested like the input that they criticise. */
function sentencesIn(errors: unknown): string[] {
  if (typeof errors === 'string') return [errors];
  return typeof errors === 'object' && errors !== null
    ? Object.values(errors).flatMap(sentencesIn)
    : [];
}

/** What is wrong with one field of a form, `rules.max_shapes` for instance, if that is why it was not taken. */
export function fieldError(error: unknown, place: string): string | undefined {
  let found: unknown = error instanceof ApiError ? error.errors : undefined;
  for (const name of place.split('.'))
    found = (found as Record<string, unknown> | undefined)?.[name];
  return Array.isArray(found) ? found.join(' ') : undefined;
}
