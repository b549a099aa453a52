import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { ErrorNotice } from '@/components/ErrorNotice';
import type { Dataset } from '@/lib/datasets';
import { keyMapOf } from '@/lib/shortcuts';
import { useKeys } from '@/lib/useKeys';
import { ActBar } from './acts/ActBar';
import foot from './acts/ActBar.module.css';
import { ActNotes } from './acts/ActNotes';
import { useActs } from './acts/useActs';
import { BrowseKeys } from './BrowseKeys';
import { NoTasks } from './NoTasks';
import { Row } from './Row';
import rowClasses from './Row.module.css';
import { SayBar } from './SayBar';
import { TableHead } from './TableHead';
import { TaskList } from './TaskList';
import { listStore } from './listStore';
import type { ListStore } from './listStore';
import { choose, drop, toggle } from './selection';
import type { Selection } from './selection';
import type { Part } from './sentence';
import { browseShortcuts } from './shortcuts';
import type { Browse } from './useBrowse';
import { useColumns } from './useColumns';
import { useSaying } from './useSaying';
import { useSelecting } from './useSelecting';
import { useTaskPages } from './useTaskPages';

/** px, with the gap below. */
const TILE = 196;
const LINE = 52;

interface Props {
  dataset: Dataset;
  browse: Browse;
  parts: readonly Part[];
  /** Images are answered where they stand. */
  says: boolean;
  onAdd: () => void;
}

/** The tasks that match: looked through, selected and opened by pointer and keys. */
export function TaskBrowser(props: Props) {
  const { dataset, browse, parts, says } = props;
  const { slug } = dataset;
  const { wanted, search, table } = browse;
  const [store] = useState(() => listStore(slug, wanted));
  const { selection, from, said, held } = useStore(store);
  const { list, rows } = useTaskPages(slug, wanted, from);
  const ids = useMemo(() => rows.map(({ id }) => id), [rows]);
  const [frame, columns] = useColumns(table);
  const act = useSelecting(store, ids);
  const acts = useActs(slug);
  const saying = useSaying(dataset, store, acts.run);
  const undo = () => {
    if (!saying.undo()) void acts.undo();
  };
  const keys = useBrowseKeys(props, store, ids, saying, undo);
  const onBefore = useFetch(list.fetchPreviousPage, list.isFetching || list.isError);
  const onAfter = useFetch(list.fetchNextPage, list.isFetching || list.isError);
  if (list.isError && rows.length === 0)
    return <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />;
  const none = list.isSuccess && rows.length === 0;
  const selecting = selection.chosen.size > 0;
  const edge = from === 'end' ? ids.at(-1) : ids[0];
  const first = ids.includes(selection.focus ?? '') ? selection.focus : edge;
  return (
    <div ref={frame}>
      {none && <NoTasks {...{ browse, parts }} />}
      {!none && (
        <TaskList
          key={`${from} ${table}`}
          {...{ rows, from, columns, onBefore, onAfter }}
          before={list.hasPreviousPage}
          after={list.isPending || list.hasNextPage}
          height={table ? LINE : TILE}
          focus={selection.focus}
          head={table && <TableHead order={browse.order} onOrder={browse.setOrder} />}
          renderRow={(task) => (
            <Row
              key={task.id}
              {...{ slug, search, task, table, selecting }}
              labels={dataset.labels}
              chosen={selection.chosen.has(task.id)}
              focused={task.id === first}
              said={said.get(task.id)}
              onPress={act.press}
              onFocus={act.focus}
            />
          )}
          renderComing={() => <div className={table ? rowClasses.comingLine : rowClasses.coming} />}
          onGo={act.go}
          onEdge={act.edge}
        />
      )}
      {list.isError && <ErrorNotice error={list.error} onRetry={() => void again(list)} />}
      <div className={foot.foot}>
        <ActNotes slug={slug} onUndo={() => void acts.undo()} />
        {says && <SayBar {...{ dataset, held }} say={saying} onOption={saying.option} />}
        {selecting && (
          <ActBar
            {...{ dataset, selection }}
            filter={wanted.filter}
            onAll={act.all}
            onDrop={act.drop}
            onAct={(what, on, count) => {
              void acts.run(what, on, count, act.drop);
            }}
          />
        )}
      </div>
      {keys}
    </div>
  );
}

/** Asks once more for what did not come. */
function again(list: ReturnType<typeof useTaskPages>['list']): Promise<unknown> {
  if (list.isFetchNextPageError) return list.fetchNextPage();
  return list.isFetchPreviousPageError ? list.fetchPreviousPage() : list.refetch();
}

function useFetch(fetch: () => Promise<unknown>, busy: boolean): () => void {
  return useCallback(() => {
    if (!busy) void fetch();
  }, [fetch, busy]);
}

/** The keys of the list, and the table that tells of them. */
function useBrowseKeys(
  { dataset, browse, says, onAdd }: Props,
  store: ListStore,
  ids: readonly string[],
  saying: ReturnType<typeof useSaying>,
  undo: () => void,
) {
  const navigate = useNavigate();
  const [asked, setAsked] = useState(false);
  const change = (to: (before: Selection) => Selection) => {
    store.setState(({ selection }) => ({ selection: to(selection) }));
  };
  const open = () => {
    const task = store.getState().selection.focus;
    if (task === null) return;
    const to = '/datasets/$slug/tasks/$task' as const;
    void navigate({ to, params: { slug: dataset.slug, task }, search: browse.search });
  };
  const shortcuts = browseShortcuts(
    {
      open,
      undo,
      toggle: () =>
        change((before) => (before.focus === null ? before : toggle(before, before.focus))),
      all: () => change((before) => choose(before, ids)),
      drop: () => change(drop),
      filter: onAdd,
      view: () => browse.setTable(!browse.table),
      help: () => setAsked(true),
    },
    says ? saying : null,
  );
  useKeys(asked ? {} : keyMapOf(shortcuts), says && !asked ? saying.digit : undefined);
  return asked && <BrowseKeys shortcuts={shortcuts} onClose={() => setAsked(false)} />;
}
