import { useTranslation } from 'react-i18next';
import type { Home } from '@/lib/home';
import classes from './Home.module.css';
import { WorkList, WorkRow } from './WorkList';

/** What waits for me: first the one thing to go on with, then what others wait for. */
export function Work({ home }: { home: Home }) {
  const { t } = useTranslation('desk');
  const labelling = home.continue.filter(({ left }) => left > 0);
  const reviewing = home.review.filter(({ waiting }) => waiting > 0);
  const { threads, sent_back: back } = home;
  if (labelling.length + reviewing.length + threads.length + back.length === 0) {
    return <p className={classes.free}>{t('home.free')}</p>;
  }
  return (
    <>
      {back.length > 0 && (
        <WorkList title={t('home.sentBackTitle')} urgent>
          {back.map(({ dataset, waiting }, n) => (
            <WorkRow
              key={dataset.id}
              name={dataset.name}
              detail={t('home.sentBack', { count: waiting })}
              action={t('home.again')}
              href={`/label/${dataset.slug}`}
              primary={n === 0}
            />
          ))}
        </WorkList>
      )}
      {labelling.length > 0 && (
        <WorkList title={t('home.labelling')}>
          {labelling.map(({ dataset, left, done_today }, n) => (
            <WorkRow
              key={dataset.id}
              name={dataset.name}
              detail={`${t('home.left', { count: left })} · ${t('home.today', { count: done_today })}`}
              action={t('home.continue')}
              href={`/label/${dataset.slug}`}
              primary={back.length === 0 && n === 0}
            />
          ))}
        </WorkList>
      )}
      {reviewing.length > 0 && (
        <WorkList title={t('home.reviewing')}>
          {reviewing.map(({ dataset, waiting }, n) => (
            <WorkRow
              key={dataset.id}
              name={dataset.name}
              detail={t('home.waiting', { count: waiting })}
              action={t('home.review')}
              href={`/review/${dataset.slug}`}
              primary={back.length + labelling.length === 0 && n === 0}
            />
          ))}
        </WorkList>
      )}
      {threads.length > 0 && (
        <WorkList title={t('home.threads')}>
          {threads.map(({ id, dataset }) => (
            <WorkRow
              key={id}
              name={dataset.name}
              detail={t('home.thread')}
              action={t('home.openThread')}
              href={`/threads/${id}`}
            />
          ))}
        </WorkList>
      )}
    </>
  );
}
