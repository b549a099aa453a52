import { useTranslation } from 'react-i18next';
import frame from '@/components/bench/frame.module.css';
import type { Bench } from '../work/bench';
import { isSpan, movedEdges } from '../work/reworked';
import type { Change, Reworked } from '../work/reworked';
import classes from './ReworkedNotes.module.css';

/** What was asked for when answers went back, and what their authors changed since. */
export function ReworkedNotes({ task }: Bench) {
  return task.reworked.map((row) => <Note key={row.version} row={row} />);
}

function Note({ row }: { row: Reworked }) {
  const { t } = useTranslation('reviewing');
  const fault = (name: Reworked['remarks'][number]['fault']) =>
    t(`fault.${name}`, { ns: 'labelling' });
  return (
    <section className={classes.note}>
      <h2 className={frame.heading}>{t('reworked.title', { version: row.version })}</h2>
      <p className={frame.hint}>{t(row.mine ? 'reworked.mine' : 'reworked.theirs')}</p>
      <ul className={classes.remarks}>
        {row.remarks.map(({ id, fault: name, comment }) => (
          <li key={id}>
            {name === 'other' ? comment : [fault(name), comment].filter(Boolean).join(': ')}
          </li>
        ))}
      </ul>
      <Changes row={row} />
    </section>
  );
}

function Changes({ row }: { row: Reworked }) {
  const { t } = useTranslation('reviewing');
  const words = useWords();
  if (!row.answered) return <p className={classes.changes}>{t('reworked.unanswered')}</p>;
  if (row.changes.length === 0) return <p className={classes.changes}>{t('reworked.nothing')}</p>;
  return (
    <ul className={classes.changes}>
      {row.changes.map((change, n) => (
        <li key={n} data-kind={change.kind}>
          {words(change)}
        </li>
      ))}
    </ul>
  );
}

/** One change as a sentence. */
function useWords() {
  const { t } = useTranslation('reviewing');
  const verdict = (value: unknown) => t(`verdict.${value as 'accept'}`);
  return ({ kind, before, after }: Change): string => {
    const [old, now] = [before, after].map((span) => (isSpan(span) ? span : undefined));
    const label = now?.label ?? old?.label ?? '';
    if (kind === 'answer') {
      return t('change.answer', { before: verdict(before), after: verdict(after) });
    }
    if (kind === 'moved' && old && now) {
      const edges = movedEdges(old, now).map(({ edge, px }) => t(`change.edge.${edge}`, { px }));
      return t('change.moved', { label, edges: edges.join(', ') || t('change.outline') });
    }
    return t(`change.${kind}`, { label, before: old?.label ?? '', edges: '', after: '' });
  };
}
