import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/Icon';
import { formatCount } from '@/lib/format';
import { type Import, reportQuery } from '../api/imports';
import type { ListSummary } from '../api/preview';
import files from './FailedFiles.module.css';
import classes from './LookAtList.module.css';
import { PeopleFound } from './PeopleFound';
import { Warnings } from './Warnings';

/** How the list was read, once all of it is: what was found out before, kept. */
export function ImportReport({ found }: { found: Import }) {
  const { t } = useTranslation('importing');
  const { data } = useQuery(reportQuery(found.id, found.counts.failed));
  if (!data?.read) return null;
  const { format, url_field, lines, summary, warnings } = data.read;
  const parts = [
    t(`look.format.${format}`),
    t('look.lines', { count: lines }),
    url_field !== '' && t('report.address', { name: url_field }),
  ].filter((part) => part !== false);
  return (
    <section className={`${classes.look} ${classes.after}`} aria-label={t('report.title')}>
      <header className={classes.header}>
        <h2>{t('report.title')}</h2>
        <p className={classes.facts}>{parts.join(' · ')}</p>
        <Brought summary={summary} />
      </header>
      <Warnings warnings={warnings} />
      {summary.people.length > 0 && <PeopleFound people={summary.people} />}
      <a className={files.file} href={`/api/imports/${found.id}/report.json`} download>
        <Icon name="download" size={16} />
        {t('report.file')}
      </a>
    </section>
  );
}

/** "1,200 shapes · 40 answers · labels: stop (800), dog (400, not in the dataset)" */
function Brought({ summary }: { summary: ListSummary }) {
  const { t, i18n } = useTranslation('importing');
  const counted = (count: number) => ({ count, number: formatCount(count, i18n.language) });
  const { shapes, answers, suggestions, labels } = summary;
  const names = labels.map(({ name, shapes: count, known }) =>
    t(known ? 'report.label' : 'report.unknownLabel', { name, ...counted(count) }),
  );
  const parts = [
    shapes > 0 && t('brings.shapes', counted(shapes)),
    answers > 0 && t('brings.answers', counted(answers)),
    suggestions > 0 && t('brings.predictions', counted(suggestions)),
    names.length > 0 && t('report.labels', { names: names.join(', ') }),
  ].filter((part) => part !== false);
  return parts.length > 0 && <p className={classes.facts}>{parts.join(' · ')}</p>;
}
