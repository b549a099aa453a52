import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/Icon';
import tables from '@/components/Table.module.css';
import { ago, fileSize } from '@/lib/format';
import { type Export, isRunning } from '../api/exports';
import classes from './ExportTable.module.css';

export function ExportTable({ exports }: { exports: Export[] }) {
  const { t, i18n } = useTranslation('desk');
  return (
    <div className={tables.scroll}>
      <table className={tables.table}>
        <tbody>
          {exports.map((made) => (
            <tr key={made.id}>
              <td>{t(`export.formats.${made.format}`)}</td>
              <td>{whatOf(made, t)}</td>
              <td>{ago(made.created_at, i18n.language)}</td>
              <td data-number>
                <Outcome made={made} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function whatOf(made: Export, t: TFunction<'desk'>): string {
  const said = t(`export.${made.which}`);
  return [
    made.snapshot && t('export.of', { name: made.snapshot }),
    made.chosen ? t('export.chosen', { which: said }) : said,
    made.images && t('export.withImages'),
    made.splits && t('export.withSplits'),
    made.names && t('export.withNames'),
  ]
    .filter(Boolean)
    .join(', ');
}

function Outcome({ made }: { made: Export }) {
  const { t } = useTranslation('desk');
  if (isRunning(made)) {
    return (
      <span role="status" className={classes.running}>
        <progress
          value={made.done}
          max={Math.max(made.total, 1)}
          aria-label={t('export.running')}
        />
        {made.error || t('export.count', { done: made.done, total: made.total })}
      </span>
    );
  }
  if (made.url === null) return <span role="alert">{made.error || t('export.failed')}</span>;
  return (
    <a href={made.url} download className={classes.download}>
      <Icon name="download" size={16} />
      {t('export.download')}
      {made.file_size !== null && ` (${fileSize(made.file_size)})`}
    </a>
  );
}
