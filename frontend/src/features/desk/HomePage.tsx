import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DatasetCards } from '@/components/DatasetCard';
import { EmptyState } from '@/components/EmptyState';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { Page, Section } from '@/components/Page';
import { type Home, homeQuery } from '@/lib/home';
import { useMe } from '@/lib/me';
import classes from './HomePage.module.css';

const MOST = 8;

/** What waits for me, then everything that I belong to. */
export function HomePage() {
  const { t } = useTranslation('desk');
  const me = useMe();
  const home = useQuery({ ...homeQuery, refetchInterval: 30_000 });
  return (
    <Page title={t('home.title', { name: me.name || me.email })}>
      {home.isPending && <Loading height={120} count={2} />}
      {home.isError && <ErrorNotice error={home.error} onRetry={() => void home.refetch()} />}
      {home.data?.datasets.length === 0 && <Nothing />}
      {home.data && home.data.datasets.length > 0 && <Body home={home.data} />}
    </Page>
  );
}

function Body({ home }: { home: Home }) {
  const { t } = useTranslation('desk');
  return (
    <>
      <Work home={home} />
      <Section title={t('home.datasets')}>
        <DatasetCards datasets={home.datasets.slice(0, MOST)} />
        {home.datasets.length > MOST && (
          <p>
            <Link to="/datasets">{t('home.all')}</Link>
          </p>
        )}
      </Section>
    </>
  );
}

function Work({ home }: { home: Home }) {
  const { t } = useTranslation('desk');
  const labelling = home.continue.filter(({ left }) => left > 0);
  const reviewing = home.review.filter(({ waiting }) => waiting > 0);
  const { threads } = home;
  if (labelling.length + reviewing.length + threads.length === 0) {
    return <p className={classes.free}>{t('home.free')}</p>;
  }
  return (
    <>
      {home.sent_back > 0 && <p role="status">{t('home.sentBack', { count: home.sent_back })}</p>}
      {threads.length > 0 && <Threads threads={threads} />}
      {labelling.length > 0 && (
        <WorkList title={t('home.labelling')}>
          {labelling.map(({ dataset, left, done_today }, n) => (
            <WorkRow
              key={dataset.id}
              name={dataset.name}
              detail={`${t('home.left', { count: left })} · ${t('home.today', { count: done_today })}`}
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
          {reviewing.map(({ dataset, waiting }, n) => (
            <WorkRow
              key={dataset.id}
              name={dataset.name}
              detail={t('home.waiting', { count: waiting })}
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

/** The threads that wait for me, each with the way to it. */
function Threads({ threads }: Pick<Home, 'threads'>) {
  const { t } = useTranslation('desk');
  const navigate = useNavigate();
  return (
    <WorkList title={t('home.threads')}>
      {threads.map(({ id, dataset }) => (
        <li key={id} className={classes.row}>
          <div>
            <b>{dataset.name}</b>
            <span>{t('home.thread')}</span>
          </div>
          <Button
            variant="default"
            aria-label={`${t('home.openThread')}: ${dataset.name}`}
            onClick={() => void navigate({ to: '/threads/$thread', params: { thread: id } })}
          >
            {t('home.openThread')}
          </Button>
        </li>
      ))}
    </WorkList>
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
