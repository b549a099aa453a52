import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { kindsInHand, unfitKind } from '@/canvas';
import type { Editor, Kind } from '@/canvas';
import { focusCanvas, useEditorValue } from '@/canvas-react';
import { Icon } from '@/components/Icon';
import type { Dataset } from '@/lib/datasets';
import { useBindings } from '@/lib/bindings';
import frame from '@/components/bench/frame.module.css';
import { keyOfLabel, kindWords, usableLabels } from '../work/labels';
import { keepUsed, keptUsed, usedNow } from '../work/usedLabels';
import { LabelRows } from './LabelRows';
import { LabelSearch } from './LabelSearch';
import { LabelSwatch } from './LabelSwatch';
import classes from './LabelPanel.module.css';

/** More labels than this get a search field. */
const AT_A_GLANCE = 12;

export interface Search {
  readonly open: boolean;
  readonly set: (open: boolean) => void;
}

interface Props {
  dataset: Dataset;
  editor: Editor;
  search: Search;
}

/** The labels with their keys; the one in use is for the next shape and for the selection. */
export function LabelPanel({ dataset, editor, search }: Props) {
  const { t } = useTranslation('labelling');
  const keys = useBindings();
  const current = useEditorValue(editor, (state) => state.label);
  const styles = useEditorValue(editor, (state) => state.labels);
  const used = useUsed(dataset.id, current);
  const kinds = useEditorValue(editor, (state) => state.kinds);
  const hand = useEditorValue(editor, (state) => kindsInHand(state).join(' '));
  const inHand = hand.split(' ').filter(Boolean) as Kind[];
  const labels = usableLabels(dataset);
  const rows = labels.map(({ id, name }, n) => {
    const style = styles.get(name);
    const unfit = unfitKind(kinds, name, inHand) !== null;
    const only = unfit ? t('onlyFor', { kinds: kindWords(kinds.get(name) ?? []) }) : '';
    return { id, name, key: keyOfLabel(labels, n), style, short: style?.short ?? '', only };
  });
  const close = (goBack: boolean) => {
    search.set(false);
    if (goBack) focusCanvas();
  };
  const take = (name: string) => {
    editor.setLabel(name);
  };
  const one = dataset.drawing.label_list === 'dropdown';
  const shown = { rows, current, onTake: take };
  return (
    <section className={classes.labels} data-tags={rows.some(({ short }) => short !== '')}>
      <h2 className={frame.heading}>{t('labels')}</h2>
      {search.open && <LabelSearch {...shown} used={used} onClose={close} />}
      {!search.open && (one || labels.length > AT_A_GLANCE) && (
        <button
          type="button"
          className={classes.field}
          aria-haspopup="listbox"
          aria-label={one ? t('labelInUse', { label: current }) : t('searchLabels')}
          title={t('searchLabels')}
          onClick={() => {
            search.set(true);
          }}
        >
          {one && <LabelSwatch style={styles.get(current)} />}
          <span className={classes.name}>{one ? current : t('searchLabels')}</span>
          <kbd>{keys.label_search}</kbd>
          {one && <Icon name="down" size={16} />}
        </button>
      )}
      {!search.open && !one && <LabelRows {...shown} />}
    </section>
  );
}

/** The labels that were in use, the last first; they outlive task and page. */
function useUsed(dataset: string, current: string): readonly string[] {
  const [used, setUsed] = useState(() => keptUsed(dataset));
  const now = usedNow(current, used);
  if (now !== used) setUsed(now);
  useEffect(() => {
    keepUsed(dataset, now);
  }, [dataset, now]);
  return now;
}
