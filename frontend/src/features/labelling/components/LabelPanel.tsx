import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Editor } from '@/canvas';
import { useEditorValue } from '@/canvas-react';
import type { Dataset } from '@/lib/datasets';
import { digitKey } from '@/lib/palette';
import controls from '@/components/bench/controls.module.css';
import frame from '@/components/bench/frame.module.css';

/** More labels than this get a search field. */
const AT_A_GLANCE = 12;

/** The labels with their keys; the one in use is for the next shape and for the selection. */
export function LabelPanel({ dataset, editor }: { dataset: Dataset; editor: Editor }) {
  const { t } = useTranslation('labelling');
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search.trim().toLowerCase());
  const current = useEditorValue(editor, (state) => state.label);
  const labels = dataset.labels.filter((label) => !label.retired);
  const shown = labels
    .map((label, place) => ({ ...label, digit: digitKey(place) }))
    .filter((label) => label.name.toLowerCase().includes(wanted));
  return (
    <section>
      <h2 className={frame.heading}>{t('labels')}</h2>
      {labels.length > AT_A_GLANCE && (
        <input
          className={controls.search}
          type="search"
          placeholder={t('searchLabels')}
          aria-label={t('searchLabels')}
          value={search}
          onChange={(event) => {
            setSearch(event.target.value);
          }}
        />
      )}
      <ul className={controls.rows}>
        {shown.map((label) => (
          <li key={label.id}>
            <button
              type="button"
              className={controls.row}
              aria-pressed={label.name === current}
              onMouseDown={(event) => {
                event.preventDefault();
              }}
              onClick={() => {
                editor.setLabel(label.name);
              }}
            >
              <kbd>{label.digit}</kbd>
              <span className={controls.swatch} style={{ background: label.colour }} />
              {label.name}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
