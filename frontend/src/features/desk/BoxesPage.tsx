import { Button, Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Loading } from '@/components/Loading';
import { Page } from '@/components/Page';
import { may, useDataset } from '@/lib/datasets';
import type { Dataset } from '@/lib/datasets';
import { rowsOf } from '@/lib/paging';
import { BOX_STATES, boxesQuery } from './api/boxes';
import type { BoxedImage, BoxState } from './api/boxes';
import { BoxGrid } from './components/BoxGrid';
import { BoxPreview } from './components/BoxPreview';
import { Predictors } from './components/Predictors';
import data from './DataPage.module.css';

/** What became of the boxes that models suggested, where people judge these one by one. */
export function BoxesPage() {
  const { t } = useTranslation('desk');
  const dataset = useDataset();
  if (dataset.interface === 'image') return <JudgedBoxes dataset={dataset} />;
  return (
    <Page sub title={t('boxes.title')}>
      <EmptyState icon="image" title={t('boxes.elsewhereTitle')} text={t('boxes.elsewhere')}>
        <Link to="/datasets/$slug/data" params={{ slug: dataset.slug }}>
          {t('boxes.toData')}
        </Link>
      </EmptyState>
    </Page>
  );
}

/** Image by image; the address holds the filter. */
function JudgedBoxes({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation('desk');
  const { slug } = dataset;
  const search = useSearch({ strict: false });
  const state = BOX_STATES.find((each) => each === search.state);
  // Who comes back from judging boxes looks for what became of them.
  const images = useInfiniteQuery({ ...boxesQuery(slug, state), staleTime: 0 });
  const [shown, setShown] = useState<BoxedImage | null>(null);
  const rows = rowsOf(images.data);
  return (
    <Page sub title={t('boxes.title')}>
      <Predictors slug={slug} />
      <StateFilter slug={slug} state={state} />
      {images.isPending && <Loading height={160} count={3} />}
      {images.isError && <ErrorNotice error={images.error} onRetry={() => void images.refetch()} />}
      {images.isSuccess && rows.length === 0 && (
        <EmptyState
          icon="image"
          title={t('data.emptyTitle')}
          text={t(state ? 'boxes.emptyFilter' : 'data.empty')}
        />
      )}
      {rows.length > 0 && <BoxGrid images={rows} onOpen={setShown} />}
      {images.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={images.isFetchingNextPage}
          onClick={() => void images.fetchNextPage()}
        >
          {t('action.more', { ns: 'shell' })}
        </Button>
      )}
      <BoxPreview image={shown} manages={may(dataset, 'import')} onClose={() => setShown(null)} />
    </Page>
  );
}

function StateFilter({ slug, state }: { slug: string; state: BoxState | undefined }) {
  const { t } = useTranslation('desk');
  const navigate = useNavigate();
  return (
    <div className={data.filters}>
      <Select
        aria-label={t('boxes.filter')}
        placeholder={t('boxes.any')}
        clearable
        data={BOX_STATES.map((value) => ({ value, label: t(`boxes.with.${value}`) }))}
        value={state ?? null}
        onChange={(value) =>
          void navigate({
            to: '/datasets/$slug/boxes',
            params: { slug },
            search: value ? { state: value } : {},
            replace: true,
          })
        }
      />
    </div>
  );
}
