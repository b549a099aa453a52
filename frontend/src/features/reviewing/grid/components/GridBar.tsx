import { useTranslation } from 'react-i18next';
import { ActionButton } from '@/components/bench/ActionButton';
import controls from '@/components/bench/controls.module.css';
import { PanelButton } from '@/components/bench/PanelButton';
import { Icon } from '@/components/Icon';
import { inHand } from '../state';
import type { GridState } from '../state';
import type { Grid } from '../store';

/** What can be said of all in hand with one key, and the way back. */
export function GridBar(props: { grid: Grid; state: GridState; onKeys: () => void }) {
  const { t } = useTranslation('reviewing');
  const { grid, state } = props;
  const some = inHand(state);
  const objects = some.some(({ span }) => span !== null);
  return (
    <footer className={controls.bar}>
      <PanelButton
        title={`${t('undo')} (Ctrl Z)`}
        disabled={!grid.canUndo}
        onClick={() => grid.undo()}
      >
        <Icon name="undo" />
      </PanelButton>
      <PanelButton
        title={`${t('redo')} (Ctrl Shift Z)`}
        disabled={!grid.canRedo}
        onClick={() => grid.redo()}
      >
        <Icon name="redo" />
      </PanelButton>
      <span className={controls.why}>
        {t('grid.shown', { count: state.points.length - state.said.size })}
      </span>
      <ActionButton name={t('grid.next')} keyName="N" onClick={() => void grid.next()} />
      {objects && (
        <ActionButton
          name={t('grid.delete', { count: some.length })}
          keyName="Del"
          tone="reject"
          onClick={() => grid.delete()}
        />
      )}
      <ActionButton
        name={t('grid.accept', { count: some.length })}
        keyName="⏎"
        tone="accept"
        disabled={some.every(({ proposal }) => proposal === null)}
        onClick={() => grid.accept()}
      />
      <PanelButton title={`${t('keys.title')} (?)`} onClick={props.onKeys}>
        ?
      </PanelButton>
    </footer>
  );
}
