import { useTranslation } from 'react-i18next';
import type { Editor } from '@/canvas';
import { useEditorValue } from '@/canvas-react';
import { keySign, useBindings, withKey } from '@/lib/bindings';
import type { Dataset } from '@/lib/datasets';
import type { Task, Verdict } from '../api/tasks';
import type { Work } from '../work/store';
import type { Answering } from '../work/useAnswering';
import type { RuleCheck } from '../work/useRules';
import { ActionButton } from '@/components/bench/ActionButton';
import { PanelButton } from '@/components/bench/PanelButton';
import { Icon } from '@/components/Icon';
import { RuleHints } from './RuleHints';
import classes from '@/components/bench/controls.module.css';

interface Props {
  dataset: Dataset;
  work: Work;
  task: Task;
  editor: Editor;
  rules: RuleCheck;
  submit: Answering['submit'];
  skip: (() => void) | undefined;
  /** Nothing is picked, which is an answer, too. */
  none: boolean;
  onMore: () => void;
}

/** What can be said of the task as a whole, and the ways back. */
export function ActionBar(props: Props) {
  const { dataset, work, task, editor, rules, submit, skip, none, onMore } = props;
  const { t } = useTranslation('labelling');
  const keys = useBindings();
  const empty = useEditorValue(editor, (state) => state.settled.length === 0);
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
        title={withKey(t('back'), keys.back)}
        disabled={!work.canGoBack}
        onClick={() => {
          work.back();
        }}
      >
        <Icon name="back" />
      </PanelButton>
      {(draws || dataset.blocks.length > 0) && <UndoRedo editor={editor} />}
      <RuleHints rules={rules}>
        <span className={classes.why}>{task.lease ? task.why.text : t('editing')}</span>
      </RuleHints>
      {skip && <ActionButton name={t('skip')} keyName={keySign(keys.skip)} onClick={skip} />}
      <ActionButton
        name={t('reject')}
        keyName={keySign(keys.reject)}
        tone="reject"
        {...act('reject')}
      />
      <ActionButton name={t('ignore')} keyName={keySign(keys.ignore)} {...act('ignore')} />
      {draws && empty ? (
        <ActionButton
          name={t('nothing')}
          keyName={keySign(keys.nothing)}
          tone="accept"
          {...act('accept')}
          onClick={() => {
            submit('accept', true);
          }}
        />
      ) : (
        <ActionButton
          name={t(none ? 'none' : 'accept')}
          keyName={keySign(keys.accept)}
          tone="accept"
          {...act('accept')}
        />
      )}
      <PanelButton title={t('more')} onClick={onMore}>
        …
      </PanelButton>
    </footer>
  );
}

function UndoRedo({ editor }: { editor: Editor }) {
  const { t } = useTranslation('labelling');
  const keys = useBindings();
  const canUndo = useEditorValue(editor, (state) => state.canUndo);
  const canRedo = useEditorValue(editor, (state) => state.canRedo);
  return (
    <>
      <PanelButton
        title={withKey(t('undo'), keys.undo)}
        disabled={!canUndo}
        onClick={() => {
          editor.undo();
        }}
      >
        <Icon name="undo" />
      </PanelButton>
      <PanelButton
        title={withKey(t('redo'), keys.redo)}
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
