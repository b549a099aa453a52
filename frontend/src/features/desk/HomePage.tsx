import { Button } from '@mantine/core';
import { useInfiniteQuery, useQueries } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DatasetCards } from '@/components/DatasetCard';
import { EmptyState } from '@/components/EmptyState';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { Page, Section } from '@/components/Page';
import { type Dataset, datasetsQuery, may, progressQuery } from '@/lib/datasets';
import { useMe } from '@/lib/me';
import { rowsOf } from '@/lib/paging';
import classes from './HomePage.module.css';

const MOST = 8;

/** What waits for me, then everything that I belong to. */
export function HomePage() {
  const { t } = useTranslation('desk');
  const me = useMe();
  const datasets = useInfiniteQuery(datasetsQuery);
  const rows = rowsOf(datasets.data);
  return (
    <Page title={t('home.title', { name: me.name || me.email })}>
      {datasets.isPending && <Loading height={120} count={2} />}
      {datasets.isError && (
        <ErrorNotice error={datasets.error} onRetry={() => void datasets.refetch()} />
      )}
      {datasets.isSuccess && rows.length === 0 && <Nothing />}
      {rows.length > 0 && <Work datasets={rows.slice(0, MOST)} />}
      {rows.length > 0 && (
        <Section title={t('home.datasets')}>
          <DatasetCards datasets={rows.slice(0, MOST)} />
          {(rows.length > MOST || datasets.hasNextPage) && (
            <p>
              <Link to="/datasets">{t('home.all')}</Link>
            </p>
          )}
        </Section>
      )}
    </Page>
  );
}

function Work({ datasets }: { datasets: Dataset[] }) {
  const { t } = useTranslation('desk');
  const progress = useQueries({ queries: datasets.map(({ slug }) => progressQuery(slug)) });
  const rows = datasets.map((dataset, n) => ({ dataset, progress: progress[n]?.data }));
  if (progress.some(({ isPending }) => isPending)) return <Loading height={64} count={2} />;
  const labelling = rows.flatMap(({ dataset, progress }) =>
    may(dataset, 'label') && progress && progress.mine.left > 0
      ? [{ dataset, count: progress.mine.left, today: progress.mine.done_today }]
      : [],
  );
  const reviewing = rows.flatMap(({ dataset, progress }) =>
    may(dataset, 'review') && progress && progress.review.waiting > 0
      ? [{ dataset, count: progress.review.waiting }]
      : [],
  );
  if (labelling.length + reviewing.length === 0) {
    return <p className={classes.free}>{t('home.free')}</p>;
  }
  return (
    <>
      {labelling.length > 0 && (
        <WorkList title={t('home.labelling')}>
          {labelling.map(({ dataset, count, today }, n) => (
            <WorkRow
              key={dataset.id}
              name={dataset.name}
              detail={`${t('home.left', { count })} · ${t('home.today', { count: today })}`}
              action={t('home.continue')}
              to="/label/$slug"
              slug={dataset.slug}
              primary={n === 0}
            />
          ))}
        </WorkList>
      )}
      {reviewing.length > 0 && (
        <WorkList title={t('home.reviewing')}>
          {reviewing.map(({ dataset, count }, n) => (
            <WorkRow
              key={dataset.id}
              name={dataset.name}
              detail={t('home.waiting', { count })}
              action={t('home.review')}
              to="/review/$slug"
              slug={dataset.slug}
              primary={labelling.length === 0 && n === 0}
            />
          ))}
        </WorkList>
      )}
    </>
  );
}

function WorkList({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.work}>
      <h2>{title}</h2>
      <ul>{children}</ul>
    </section>
  );
}

function WorkRow(props: {
  name: string;
  detail: string;
  action: string;
  to: '/label/$slug' | '/review/$slug';
  slug: string;
  primary: boolean;
}) {
  const navigate = useNavigate();
  return (
    <li className={classes.row}>
      <div>
        <b>{props.name}</b>
        <span>{props.detail}</span>
      </div>
      <Button
        variant={props.primary ? 'filled' : 'default'}
        aria-label={`${props.action}: ${props.name}`}
        onClick={() => void navigate({ to: props.to, params: { slug: props.slug } })}
      >
        {props.action}
      </Button>
    </li>
  );
}

function Nothing() {
  const { t } = useTranslation('desk');
  const navigate = useNavigate();
  const { may_create_datasets } = useMe();
  return (
    <EmptyState
      icon="datasets"
      title={t('home.emptyTitle')}
      text={t(may_create_datasets ? 'home.emptyMaker' : 'home.emptyMember')}
    >
      {may_create_datasets && (
        <Button onClick={() => void navigate({ to: '/datasets/new' })}>{t('home.new')}</Button>
      )}
    </EmptyState>
  );
}
