import { useTranslation } from 'react-i18next';
import type { Editor } from '@/canvas';
import { useEditorValue } from '@/canvas-react';
import type { Dataset } from '@/lib/datasets';
import type { Task, Verdict } from '../api/tasks';
import type { Work } from '../work/store';
import { ActionButton } from '@/components/bench/ActionButton';
import { PanelButton } from '@/components/bench/PanelButton';
import { Icon } from '@/components/Icon';
import classes from '@/components/bench/controls.module.css';

interface Props {
  dataset: Dataset;
  work: Work;
  task: Task;
  editor: Editor;
  submit: (answer: Verdict) => void;
  skip: (() => void) | undefined;
  onKeys: () => void;
}

/** What can be said of the task as a whole, and the ways back. */
export function ActionBar({ dataset, work, task, editor, submit, skip, onKeys }: Props) {
  const { t } = useTranslation('labelling');
  const empty = useEditorValue(editor, (state) => state.shapes.length === 0);
  const draws = dataset.interface === 'image_manual';
  const earlier = task.draft?.answer;
  const act = (answer: Verdict) => ({
    given: earlier && earlier === answer,
    onClick: () => {
      submit(answer);
    },
  });
  return (
    <footer className={classes.bar}>
      <PanelButton
        title={`${t('back')} (Backspace)`}
        disabled={!work.canGoBack}
        onClick={() => {
          work.back();
        }}
      >
        <Icon name="back" />
      </PanelButton>
      {draws && <UndoRedo editor={editor} />}
      <span className={classes.why}>{task.lease ? task.why.text : t('editing')}</span>
      {skip && <ActionButton name={t('skip')} keyName="⇧S" onClick={skip} />}
      <ActionButton name={t('reject')} keyName="X" tone="reject" {...act('reject')} />
      <ActionButton name={t('ignore')} keyName="␣" {...act('ignore')} />
      {draws && empty ? (
        <ActionButton name={t('nothing')} keyName="N" tone="accept" {...act('accept')} />
      ) : (
        <ActionButton name={t('accept')} keyName="A" tone="accept" {...act('accept')} />
      )}
      <PanelButton title={`${t('keys.title')} (?)`} onClick={onKeys}>
        ?
      </PanelButton>
    </footer>
  );
}

function UndoRedo({ editor }: { editor: Editor }) {
  const { t } = useTranslation('labelling');
  const canUndo = useEditorValue(editor, (state) => state.canUndo);
  const canRedo = useEditorValue(editor, (state) => state.canRedo);
  return (
    <>
      <PanelButton
        title={`${t('undo')} (Ctrl Z)`}
        disabled={!canUndo}
        onClick={() => {
          editor.undo();
        }}
      >
        <Icon name="undo" />
      </PanelButton>
      <PanelButton
        title={`${t('redo')} (Ctrl Shift Z)`}
        disabled={!canRedo}
        onClick={() => {
          editor.redo();
        }}
      >
        <Icon name="redo" />
      </PanelButton>
    </>
  );
}
