import { useTranslation } from 'react-i18next';
import { ActionButton } from '@/components/bench/ActionButton';
import classes from '@/components/bench/controls.module.css';
import { PanelButton } from '@/components/bench/PanelButton';
import { Icon } from '@/components/Icon';
import { hasProposal } from '../work/proposal';
import { acceptProposal, deleteOrReject, takeEdit } from '../work/bench';
import type { Bench } from '../work/bench';

/** What can be decided with one key, and the way back. */
export function ReviewBar(bench: Bench) {
  const { t } = useTranslation('reviewing');
  const { reviews, task, editing, setPanel } = bench;
  return (
    <footer className={classes.bar}>
      <PanelButton
        title={`${t('undo')} (Ctrl Z)`}
        disabled={!reviews.canUndo}
        onClick={() => {
          reviews.undo();
        }}
      >
        <Icon name="undo" />
      </PanelButton>
      <PanelButton
        title={`${t('redo')} (Ctrl Shift Z)`}
        disabled={!reviews.canRedo}
        onClick={() => {
          reviews.redo();
        }}
      >
        <Icon name="redo" />
      </PanelButton>
      <span className={classes.why}>{task.images[0]?.name}</span>
      {editing.active ? <EditActions {...bench} /> : <Decisions {...bench} />}
      <PanelButton
        title={`${t('keys.title')} (?)`}
        onClick={() => {
          setPanel('keys');
        }}
      >
        ?
      </PanelButton>
    </footer>
  );
}

function EditActions(bench: Bench) {
  const { t } = useTranslation('reviewing');
  return (
    <>
      <ActionButton name={t('leaveEdit')} keyName="Esc" onClick={bench.editing.stop} />
      <ActionButton
        name={t('takeEdit')}
        keyName="⏎"
        tone="accept"
        onClick={() => {
          takeEdit(bench);
        }}
      />
    </>
  );
}

function Decisions(bench: Bench) {
  const { t } = useTranslation('reviewing');
  const { conflict, task, editing, setPanel } = bench;
  const object = conflict?.object != null;
  return (
    <>
      {object && <ActionButton name={t('edit')} keyName="E" onClick={editing.start} />}
      <ActionButton
        name={t('sendBack')}
        keyName="S"
        onClick={() => {
          setPanel('send_back');
        }}
      />
      <ActionButton
        name={t('giveBack')}
        keyName="⇧ S"
        onClick={() => {
          setPanel('give_back');
        }}
      />
      <ActionButton
        name={t('escalate')}
        keyName="L"
        onClick={() => {
          setPanel('escalate');
        }}
      />
      <ActionButton
        name={t(object ? 'delete' : 'reject')}
        keyName="X"
        tone="reject"
        onClick={() => {
          deleteOrReject(bench);
        }}
      />
      <ActionButton
        name={t(conflict ? 'acceptProposal' : 'complete')}
        keyName="⏎"
        tone="accept"
        disabled={conflict !== undefined && !hasProposal(task, conflict)}
        onClick={() => {
          acceptProposal(bench);
        }}
      />
    </>
  );
}
