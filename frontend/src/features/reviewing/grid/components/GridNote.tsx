import { useTranslation } from 'react-i18next';
import type { LeftOut } from '../../api/bulk';
import type { Note } from '../state';
import own from './GridNote.module.css';

/** What came of the last act, where that is not to be seen on the tiles. */
export function GridNote({ note, onClose }: { note: Note; onClose: () => void }) {
  const { t } = useTranslation('reviewing');
  return (
    <div
      className={own.note}
      role="status"
      data-good={note.kind === 'undone' && note.left.length === 0}
    >
      <div>
        <Words note={note} />
        {'left' in note && <Reasons left={note.left} />}
      </div>
      <button type="button" onClick={onClose}>
        {t('notice.close')}
      </button>
    </div>
  );
}

function Words({ note }: { note: Note }) {
  const { t } = useTranslation('reviewing');
  switch (note.kind) {
    case 'refused':
      return <b>{t(`grid.refused.${note.why}`)}</b>;
    case 'tied':
      return <b>{t('grid.tied', { count: note.count })}</b>;
    case 'nothing':
      return <b>{t('grid.nothing')}</b>;
    case 'undone':
      return <b>{t('grid.undone', { count: note.count })}</b>;
    case 'left':
      return <b>{t('grid.leftOut', { count: note.left.length, said: note.count })}</b>;
  }
}

/** How many for which reason. */
function Reasons({ left }: { left: readonly LeftOut[] }) {
  const { t } = useTranslation('reviewing');
  const codes = [...new Set(left.map(({ code }) => code))];
  return (
    <ul>
      {codes.map((code) => {
        const some = left.filter((each) => each.code === code);
        const why = t(`grid.left.${code}`, { defaultValue: some[0]?.detail ?? code });
        return <li key={code}>{t('grid.reason', { count: some.length, why })}</li>;
      })}
    </ul>
  );
}
