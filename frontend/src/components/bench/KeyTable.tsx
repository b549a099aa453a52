import { Fragment } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { keyWords } from '@/lib/bindings';
import { grouped } from '@/lib/shortcuts';
import type { Shortcut } from '@/lib/shortcuts';
import popup from './popup.module.css';

/** Shortcuts in groups, each with its key and what it does, as the page says it. */
export function KeyTable<Each extends Shortcut>(props: {
  shortcuts: readonly Each[];
  row: (shortcut: Each) => ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <div className={popup.groups}>
      {grouped(props.shortcuts).map(({ group, shortcuts }) => (
        <section key={group} aria-label={t(`keyGroup.${group}`)}>
          <h3>{t(`keyGroup.${group}`)}</h3>
          <dl className={popup.keys}>
            {shortcuts.map((shortcut) => (
              <Fragment key={shortcut.name}>{props.row(shortcut)}</Fragment>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

/** A shortcut whose keys are the same for everybody. */
export function KeyRow({ shortcut, does }: { shortcut: Shortcut; does: string }) {
  const { t } = useTranslation();
  const { keys, words } = shortcut;
  const shown = words ? [t(`keyWords.${words}`)] : keys.map(keyWords);
  return (
    <div>
      <dt>
        {shown.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{does}</dd>
    </div>
  );
}
