import { fileFormat } from '@/lib/format';
import { i18next } from '@/lib/i18n';
import type { Kind, LogEvent } from './api/events';

/** What changed, by name. */
export type Changes = Record<string, { was: unknown; is: unknown }>;

/** The sentence of an event, in which `{who}` and `{name}` stand for what can be pressed. */
export function sentenceOf({ kind, data }: LogEvent): string {
  const t = i18next.getFixedT(null, 'audit');
  const known = `kind.${variant(kind, data)}`;
  const key = i18next.exists(known, { ns: 'audit', count: 1 }) ? known : 'kind.other';
  const role = (code: unknown) => translated(`role.${text(code)}`, text(code));
  return String(
    t(key as 'kind.user.signed_in', {
      kind,
      role: role(data['role']),
      was: role(data['was']),
      into: text(data['into']),
      model: text(data['model']),
      format: fileFormat(text(data['format'])),
      version: text(data['version']),
      state: translated(`state.${text(data['to'])}`, text(data['to']), 'shell'),
      deed: translated(`deed.${text(data['act'])}`, text(data['act'])),
      count: Number(data['tasks'] ?? data['slots'] ?? 0),
      fields: new Intl.ListFormat(i18next.language, { type: 'conjunction' }).format(
        Object.keys(changesOf(data)).map(plainly),
      ),
    }),
  );
}

/** Which of several sentences a kind has. */
function variant(kind: string, data: LogEvent['data']): string {
  if (kind !== ('user.sign_in_failed' satisfies Kind)) return kind;
  const step = text(data['step']);
  const way = step === 'password' || step === '' ? kind : `${kind}_${step}`;
  return 'digest' in data ? `${way}_unknown` : way;
}

export function changesOf(data: LogEvent['data']): Changes {
  return (data['changes'] as Changes | undefined) ?? {};
}

/** The name of a setting as words: review_policy becomes "review policy". */
export function plainly(name: string): string {
  return name.replaceAll('_', ' ');
}

/** A value as somebody reads it. */
export function valueText(value: unknown): string {
  const t = i18next.getFixedT(null, 'audit');
  if (value === null || value === undefined || value === '') return t('more.nothing');
  if (typeof value === 'boolean') return t(value ? 'more.yes' : 'more.no');
  if (typeof value === 'object') return JSON.stringify(value, null, 1);
  return String(value as string | number);
}

function translated(key: string, otherwise: string, ns: 'audit' | 'shell' = 'audit'): string {
  return i18next.exists(key, { ns }) ? String(i18next.t(key as 'state.open', { ns })) : otherwise;
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
