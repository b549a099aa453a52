import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import controls from './controls.module.css';
import popup from './popup.module.css';

/**
 * A dialog over the page. Escape and a click beside it close it. What is marked `data-start` has the
 * focus first; afterwards it goes back by itself.
 */
export function Popup(props: {
  title: string;
  onClose: () => void;
  onKey?: (key: string) => void;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    // The browser would start with the button that closes it.
    const start = dialog.current?.querySelector<HTMLElement>('[data-start]') ?? dialog.current;
    start?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={popup.popup}
      tabIndex={-1}
      aria-label={props.title}
      onClose={props.onClose}
      onKeyDown={(event) => {
        if (event.key === '?') props.onClose();
        else props.onKey?.(event.key);
      }}
      onClick={(event) => {
        if (event.target === dialog.current) props.onClose();
      }}
    >
      <header className={popup.popupHead}>
        <h2>{props.title}</h2>
        <button type="button" className={controls.remove} onClick={props.onClose}>
          <span className="unseen">{t('action.close')}</span>
          <span aria-hidden>×</span>
        </button>
      </header>
      {props.children}
    </dialog>
  );
}
