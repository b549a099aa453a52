import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import controls from './controls.module.css';
import classes from './sidePanel.module.css';

/** Something to read or to look through beside the work, which goes on. */
export function SidePanel(props: { title: string; onClose: () => void; children: ReactNode }) {
  const { t } = useTranslation();
  const panel = useRef<HTMLElement>(null);
  const { onClose } = props;

  // The panel's own Escape closes it; that of the work stays with the work.
  useEffect(() => {
    const element = panel.current;
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      onClose();
    };
    element?.addEventListener('keydown', press);
    return () => {
      element?.removeEventListener('keydown', press);
    };
  }, [onClose]);

  return (
    <aside ref={panel} className={classes.panel} aria-label={props.title}>
      <header className={classes.head}>
        <h2>{props.title}</h2>
        <button type="button" className={controls.remove} onClick={onClose}>
          <span className="unseen">{t('action.close')}</span>
          <span aria-hidden>×</span>
        </button>
      </header>
      {props.children}
    </aside>
  );
}
