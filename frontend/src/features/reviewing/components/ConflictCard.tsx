import { useTranslation } from 'react-i18next';
import { drawingTools } from '@/canvas';
import { useEditorValue } from '@/canvas-react';
import controls from '@/components/bench/controls.module.css';
import frame from '@/components/bench/frame.module.css';
import { ToolButtons } from '@/components/bench/ToolButtons';
import type { Choice, Conflict, ReviewTask } from '../api/reviews';
import { versionStyle } from '../work/layers';
import { decisionOf, hasProposal, kindOf } from '../work/proposal';
import type { Bench } from '../work/bench';
import { rowsOf } from '../work/rows';
import { ClassCard } from './ClassCard';

/** What differs, in words, and what each digit takes. */
export function ConflictCard(bench: Bench) {
  const { t } = useTranslation('reviewing');
  const { conflict, task, editing } = bench;
  if (!conflict) return <CoverageCard task={task} editor={bench.editor} />;
  const rows = rowsOf(task, conflict);
  if (rows && !editing.active) return <ClassCard {...{ bench, conflict, rows }} />;
  return (
    <section className={frame.card} aria-live="polite">
      <h2 className={frame.heading}>{t(`kind.${kindOf(task, conflict)}`)}</h2>
      <p className={frame.sentence}>{conflict.text}</p>
      {editing.active ? (
        <p className={frame.hint}>{t('editingHint')}</p>
      ) : (
        <Choices bench={bench} conflict={conflict} />
      )}
      {!editing.active && !hasProposal(task, conflict) && <p className={frame.hint}>{t('tie')}</p>}
      <Legend task={task} names={bench.state.names} />
    </section>
  );
}

function Choices({ bench, conflict }: { bench: Bench; conflict: Conflict }) {
  const { reviews, state, task } = bench;
  const given = state.decided.get(conflict.id);
  return (
    <div className={controls.options}>
      {conflict.choices.map((choice) => {
        const decision = decisionOf(conflict, choice.n);
        return (
          <button
            key={choice.n}
            type="button"
            className={controls.option}
            aria-pressed={given !== undefined && isSame(given, decision)}
            onMouseDown={(event) => {
              event.preventDefault();
            }}
            onClick={() => {
              if (decision) reviews.decide(decision);
            }}
          >
            <kbd>{choice.n}</kbd>
            {task.interface === 'image_manual' && choice.version !== undefined && (
              <Stroke task={task} version={choice.version} />
            )}
            <span className={controls.grow}>{choice.text}</span>
            <Supporters task={task} conflict={conflict} choice={choice} />
          </button>
        );
      })}
    </div>
  );
}

function isSame(one: object, other: object | undefined): boolean {
  return (
    other !== undefined &&
    Object.entries(other).every(([key, value]) => one[key as never] === value)
  );
}

/** Who stands behind a label: the letters of the versions. */
function Supporters(props: { task: ReviewTask; conflict: Conflict; choice: Choice }) {
  const { task, conflict, choice } = props;
  if (choice.kind === 'version') return null;
  const letters = task.versions
    .filter((version) =>
      choice.kind === 'label'
        ? conflict.members.some(
            (member) =>
              member.version === version.key &&
              version.spans.some(
                (span) => span.id === member.span_id && span.label === choice.label,
              ),
          )
        : choice.option !== undefined && version.accept.includes(choice.option),
    )
    .map(({ key }) => key);
  return <span className={controls.dim}>{letters.join(' ')}</span>;
}

function CoverageCard({ task, editor }: Pick<Bench, 'task' | 'editor'>) {
  const { t } = useTranslation('reviewing');
  const draws = task.interface === 'image_manual';
  return (
    <section className={frame.card}>
      <h2 className={frame.heading}>{t('coverage.title')}</h2>
      <p className={frame.sentence}>{t(draws ? 'coverage.text' : 'coverage.look')}</p>
      {draws ? <Tools editor={editor} /> : <Proposal task={task} />}
    </section>
  );
}

/** What was missed may be of any kind of shape that the dataset draws. */
function Tools({ editor }: Pick<Bench, 'editor'>) {
  const { t } = useTranslation('labelling');
  const tool = useEditorValue(editor, (state) => state.tool);
  return (
    <div className={controls.tools} role="group" aria-label={t('tools')}>
      <ToolButtons
        tools={['select', ...drawingTools(editor.state.drawing)]}
        chosen={tool}
        onChoose={(each) => {
          editor.setTool(each);
        }}
      />
    </div>
  );
}

function Proposal({ task }: { task: ReviewTask }) {
  const { t } = useTranslation('reviewing');
  const texts = (task.options ?? [])
    .filter(({ id }) => task.merge.accept?.includes(id))
    .map(({ text }) => text);
  return (
    <p>{texts.length > 0 ? texts.join(', ') : t(`verdict.${task.merge.answer ?? 'ignore'}`)}</p>
  );
}

function Legend({ task, names }: { task: ReviewTask; names: Bench['state']['names'] }) {
  const { t } = useTranslation('reviewing');
  if (task.interface !== 'image_manual' && !names) return null;
  return (
    <ul className={controls.legend} aria-label={t('legend')}>
      {task.versions.map(({ key, late }) => (
        <li key={key}>
          <Stroke task={task} version={key} /> {key} {names?.[key]} {late && t('late')}
        </li>
      ))}
      <li>
        <svg width="28" height="8" aria-hidden>
          <line x1="0" y1="4" x2="28" y2="4" stroke="currentColor" strokeWidth="2" />
        </svg>{' '}
        {t('merged')}
      </li>
    </ul>
  );
}

/** A stroke as the version is drawn on the image. */
function Stroke({ task, version }: { task: ReviewTask; version: string }) {
  const { colour, dash } = versionStyle(task, version);
  return (
    <svg width="28" height="8" aria-hidden>
      <line
        x1="0"
        y1="4"
        x2="28"
        y2="4"
        stroke={colour}
        strokeWidth="3"
        strokeDasharray={dash.join(' ')}
      />
    </svg>
  );
}
