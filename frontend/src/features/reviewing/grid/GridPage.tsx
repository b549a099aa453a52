import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { lazy, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import controls from '@/components/bench/controls.module.css';
import frame from '@/components/bench/frame.module.css';
import { KeyRow, KeyTable } from '@/components/bench/KeyTable';
import { Popup } from '@/components/bench/Popup';
import { useSides } from '@/components/bench/useSides';
import { EmptyState } from '@/components/EmptyState';
import { ErrorNotice } from '@/components/ErrorNotice';
import { LazyPart } from '@/components/LazyPart';
import { Loading } from '@/components/Loading';
import { useBindings } from '@/lib/bindings';
import { datasetQuery } from '@/lib/datasets';
import type { Dataset } from '@/lib/datasets';
import { placeOfDigit } from '@/lib/digits';
import { keyMapOf } from '@/lib/shortcuts';
import { useKeys } from '@/lib/useKeys';
import type { Filter } from '../api/bulk';
import { GridBar } from './components/GridBar';
import { GridNote } from './components/GridNote';
import { GridTop } from './components/GridTop';
import { Hand } from './components/Hand';
import { Tile } from './components/Tile';
import tiles from './components/Tile.module.css';
import { gridShortcuts } from './shortcuts';
import type { GridState } from './state';
import { Grid } from './store';
import { useTileKeys } from './useTileKeys';

const GuidelinePanel = lazy(() => import('@/components/guideline/GuidelinePanel'));

/** Settles many conflicts of one kind at once; the address says of which. */
export default function GridPage({ slug }: { slug: string }) {
  const dataset = useQuery(datasetQuery(slug));
  const filter: Filter = useSearch({ from: '/member/review/$slug/grid' });
  if (dataset.data) {
    const { kind = '', label = '' } = filter;
    return <Many key={`${kind}/${label}`} dataset={dataset.data} filter={filter} />;
  }
  return (
    <main className={frame.notice}>
      {dataset.error ? (
        <ErrorNotice error={dataset.error} onRetry={() => void dataset.refetch()} />
      ) : (
        <Loading />
      )}
    </main>
  );
}

function Many({ dataset, filter }: { dataset: Dataset; filter: Filter }) {
  const [grid] = useState(() => new Grid(dataset.slug, filter));
  const state = useStore(grid.store);
  useEffect(() => void grid.load(), [grid]);
  const sides = useSides('guideline');
  const [asked, setAsked] = useState(false);
  const shortcuts = gridShortcuts(grid, () => setAsked(true), sides.acts, useBindings());
  useKeys(asked ? {} : keyMapOf(shortcuts), asked ? undefined : digitsOf(grid));
  return (
    <main className={frame.bench} data-dark data-beside={sides.open !== null}>
      <GridTop {...{ dataset, state, filter, sides }} />
      <div className={frame.middle}>
        <div className={frame.stage}>
          <Tiles grid={grid} state={state} />
          <Over grid={grid} state={state} />
        </div>
        <aside className={frame.side}>
          <Hand grid={grid} state={state} />
        </aside>
      </div>
      {sides.open && (
        <LazyPart>
          <GuidelinePanel dataset={dataset} onClose={sides.close} />
        </LazyPart>
      )}
      <GridBar grid={grid} state={state} onKeys={() => setAsked(true)} />
      {asked && <Keys shortcuts={shortcuts} onClose={() => setAsked(false)} />}
    </main>
  );
}

function Tiles({ grid, state }: { grid: Grid; state: GridState }) {
  const { t } = useTranslation('reviewing');
  const list = useRef<HTMLUListElement>(null);
  useTileKeys(grid, list);
  const { points, sets, selection, said, left } = state;
  if (points.length === 0) return <Nothing grid={grid} state={state} />;
  return (
    <ul
      ref={list}
      className={tiles.grid}
      role="listbox"
      aria-multiselectable
      aria-label={t('conflicts')}
    >
      {points.map((point, place) => (
        <Tile
          key={point.id}
          {...{ grid, point, place }}
          takes={sets.get(point.set) ?? []}
          chosen={selection.chosen.has(point.id)}
          focused={selection.focus === place}
          said={said.get(point.id)}
          left={left.get(point.id)}
        />
      ))}
    </ul>
  );
}

/** Nothing of this is left; what was said last can be taken back from here, too. */
function Nothing({ grid, state }: { grid: Grid; state: GridState }) {
  const { t } = useTranslation('reviewing');
  if (state.error !== null) return null;
  if (state.loading) return <Loading count={3} height={200} />;
  const others = state.kinds.length > 0;
  return (
    <div className={frame.notice}>
      <EmptyState
        icon="check"
        title={t(others ? 'grid.noneOfThese' : 'grid.none')}
        text={t(
          state.missed > 0 ? 'grid.noneButMissed' : others ? 'grid.others' : 'grid.noneText',
          {
            count: state.missed,
          },
        )}
      >
        <div className={frame.ways}>
          {grid.canUndo && (
            <button type="button" className={controls.action} onClick={() => grid.undo()}>
              {t('undo')} <kbd>Ctrl Z</kbd>
            </button>
          )}
          <Ways />
        </div>
      </EmptyState>
    </div>
  );
}

function Ways() {
  const { t } = useTranslation('reviewing');
  return (
    <Link from="/review/$slug/grid" to="/review/$slug" className={controls.action}>
      {t('grid.oneByOne')}
    </Link>
  );
}

function Over({ grid, state }: { grid: Grid; state: GridState }) {
  return (
    <div className={tiles.over}>
      {state.error !== null && <ErrorNotice error={state.error} onRetry={() => void grid.load()} />}
      {state.note && <GridNote note={state.note} onClose={() => grid.dismiss()} />}
    </div>
  );
}

function Keys(props: { shortcuts: ReturnType<typeof gridShortcuts>; onClose: () => void }) {
  const { t } = useTranslation('reviewing');
  return (
    <Popup title={t('keys.title')} onClose={props.onClose}>
      <KeyTable
        shortcuts={props.shortcuts}
        row={(shortcut) => <KeyRow shortcut={shortcut} does={t(`grid.keys.${shortcut.name}`)} />}
      />
    </Popup>
  );
}

function digitsOf(grid: Grid) {
  return (event: KeyboardEvent): boolean => {
    const place = placeOfDigit(event);
    if (place === null) return false;
    grid.take(place);
    return true;
  };
}
