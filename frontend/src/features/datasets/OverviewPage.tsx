import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { Page, Section } from '@/components/Page';
import { ProgressParts } from '@/components/ProgressParts';
import tables from '@/components/Table.module.css';
import { type Dataset, may, type Progress, progressQuery, useDataset } from '@/lib/datasets';
import { CloneDialog } from './components/CloneDialog';
import { Cloning } from './components/Cloning';
import { Fitting } from './components/Fitting';
import { Flags } from './components/Flags';
import { GoldReport } from './components/GoldReport';
import classes from './OverviewPage.module.css';

export function OverviewPage() {
  const { t } = useTranslation('datasets');
  const dataset = useDataset();
  const progress = useQuery({ ...progressQuery(dataset.slug), refetchInterval: 10_000 });
  return (
    <Page sub title={t('tab.overview')} intro={dataset.description}>
      {may(dataset, 'manage') && <Cloning slug={dataset.slug} />}
      {may(dataset, 'manage') && <AskedToClone dataset={dataset} />}
      {progress.isPending && <Loading count={2} height={96} />}
      {progress.isError && (
        <ErrorNotice error={progress.error} onRetry={() => void progress.refetch()} />
      )}
      {progress.data && <Body dataset={dataset} progress={progress.data} />}
    </Page>
  );
}

/** Opened by its address, from wherever it is asked for. */
function AskedToClone({ dataset }: { dataset: Dataset }) {
  const navigate = useNavigate();
  const { clone } = useSearch({ strict: false });
  if (!clone) return null;
  const close = () => {
    const params = { slug: dataset.slug };
    void navigate({ to: '/datasets/$slug', params, search: {}, replace: true });
  };
  return <CloneDialog dataset={dataset} onClose={close} />;
}

function Body({ dataset, progress }: { dataset: Dataset; progress: Progress }) {
  if (progress.tasks.total === 0) return <NoImages dataset={dataset} />;
  return (
    <>
      <ProgressParts tasks={progress.tasks} legend />
      <Mine dataset={dataset} progress={progress} />
      {may(dataset, 'manage') && <Fitting slug={dataset.slug} />}
      {may(dataset, 'manage') && <Flags dataset={dataset} />}
      {progress.people.length > 0 && <People progress={progress} />}
      {may(dataset, 'manage') && <GoldReport dataset={dataset} />}
    </>
  );
}

function NoImages({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation('datasets');
  const navigate = useNavigate();
  const importer = may(dataset, 'import');
  const params = { slug: dataset.slug };
  const groups = importer && dataset.interface === 'image_choice';
  return (
    <EmptyState
      icon="image"
      title={t(groups ? 'overview.groupTitle' : 'overview.emptyTitle')}
      text={t(
        groups
          ? 'overview.groupText'
          : importer
            ? 'overview.emptyImporter'
            : 'overview.emptyMember',
      )}
    >
      <Group justify="center">
        {importer && (
          <Button onClick={() => void navigate({ to: '/datasets/$slug/import', params })}>
            {t('overview.import')}
          </Button>
        )}
        {groups && (
          <Button
            variant="default"
            onClick={() => void navigate({ to: '/datasets/$slug/groups', params })}
          >
            {t('overview.group')}
          </Button>
        )}
      </Group>
    </EmptyState>
  );
}

/** What waits for the one who looks. */
function Mine({ dataset, progress }: { dataset: Dataset; progress: Progress }) {
  const { t } = useTranslation('datasets');
  const params = { slug: dataset.slug };
  const { answers } = progress;
  return (
    <ul className={classes.facts}>
      {may(dataset, 'label') && (
        <li>
          <b>{progress.mine.left}</b>
          <Link to="/label/$slug" params={params}>
            {t('overview.left', { count: progress.mine.left })}
          </Link>
          <small>{t('overview.today', { count: progress.mine.done_today })}</small>
        </li>
      )}
      {may(dataset, 'review') && (
        <li>
          <b>{progress.review.waiting}</b>
          <Link to="/datasets/$slug/review" params={params}>
            {t('overview.waiting', { count: progress.review.waiting })}
          </Link>
        </li>
      )}
      <li>
        <b>{answers.accept + answers.reject + answers.ignore}</b>
        <span>{t('overview.answers')}</span>
        <small>{t('overview.kinds', { ...answers })}</small>
      </li>
    </ul>
  );
}

function People({ progress }: { progress: Progress }) {
  const { t } = useTranslation('datasets');
  return (
    <Section title={t('overview.people')}>
      <div className={tables.scroll}>
        <table className={tables.table}>
          <thead>
            <tr>
              <th>{t('overview.person')}</th>
              <th data-number>{t('overview.answersColumn')}</th>
              <th data-number>{t('overview.seconds')}</th>
            </tr>
          </thead>
          <tbody>
            {progress.people.map(({ user, answers, seconds_median }) => (
              <tr key={user.id}>
                <td>{user.name}</td>
                <td data-number>{answers}</td>
                <td data-number>
                  {seconds_median == null ? '–' : t('overview.s', { s: seconds_median.toFixed(1) })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
