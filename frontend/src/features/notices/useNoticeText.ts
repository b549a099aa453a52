import { useTranslation } from 'react-i18next';
import { fileFormat } from '@/lib/format';
import type { Line } from './groups';

/** What a line says, in one sentence or two. */
export function useNoticeText(): (line: Line) => string {
  const { t } = useTranslation('notices');
  return ({ notices }) => {
    const [{ kind, dataset, person, data }] = notices;
    const words = { dataset: dataset?.name ?? '', name: textOf(data['name']) };
    const count = notices.length;
    switch (kind) {
      case 'invited':
        return t('kind.invited', { ...words, role: t(`role.${roleOf(data['role'])}`, SHELL) });
      case 'sent_back':
        return t('kind.sent_back', { ...words, count });
      case 'mentioned':
        return t('kind.mentioned', { ...words, count });
      case 'resolved':
        return t(data['what'] === 'flag' ? 'kind.resolved_flag' : 'kind.resolved_thread', words);
      case 'import_done':
        return [
          t('kind.import_done', { ...words, count: numberOf(data['done']) }),
          ...(numberOf(data['failed']) > 0
            ? [t('kind.import_failed_rows', { count: numberOf(data['failed']) })]
            : []),
        ].join('. ');
      case 'import_stopped':
        return t(`kind.import_stopped_${whyOf(data['why'])}`, words);
      case 'export_done':
        return t('kind.export_done', { ...words, format: fileFormat(textOf(data['format'])) });
      case 'webhook_stopped':
        return t('kind.webhook_stopped', words);
      case 'mail_failed':
        return t('kind.mail_failed', { person: person?.name ?? '', count });
    }
  };
}

const SHELL = { ns: 'shell' } as const;
const ROLES = ['viewer', 'annotator', 'reviewer', 'manager'] as const;
const REASONS = ['failed', 'paused', 'storage_full'] as const;

function roleOf(code: unknown) {
  return ROLES.find((role) => role === code) ?? 'viewer';
}

function whyOf(code: unknown) {
  return REASONS.find((why) => why === code) ?? 'failed';
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
