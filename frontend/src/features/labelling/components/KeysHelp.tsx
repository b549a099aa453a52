import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyRow, KeyTable } from '@/components/bench/KeyTable';
import { Popup } from '@/components/bench/Popup';
import controls from '@/components/bench/controls.module.css';
import frame from '@/components/bench/frame.module.css';
import popup from '@/components/bench/popup.module.css';
import { holderOf, keyWords, useBindings } from '@/lib/bindings';
import type { KeyAction } from '@/lib/bindings';
import { errorText } from '@/lib/errorText';
import { useSaveKeys } from '../api/keys';
import type { LabellingShortcut } from '../work/shortcuts';
import { keyPressed } from '../work/keyPressed';

/** The keys that work here, each with what it does; a click on one of a person's own changes it. */
export default function KeysHelp(props: {
  shortcuts: readonly LabellingShortcut[];
  onClose: () => void;
}) {
  const { t } = useTranslation('labelling');
  const keys = useBindings();
  const save = useSaveKeys();
  const [asking, setAsking] = useState<KeyAction | null>(null);
  const [given, setGiven] = useState<{ action: KeyAction; key: string } | null>(null);
  const holder = given ? holderOf(given.key, keys, given.action) : undefined;

  const ask = (action: KeyAction | null) => {
    save.reset();
    setGiven(null);
    setAsking(action);
  };
  const give = (action: KeyAction, key: string) => {
    ask(null);
    setGiven({ action, key });
    const free = holderOf(key, keys, action) === undefined;
    if (free && key !== keys[action]) save.mutate({ ...keys, [action]: key });
  };

  const chosen = (action: KeyAction) => (
    <div>
      <dt>
        <KeyButton
          name={t(`keys.${action}`)}
          value={keys[action]}
          asking={asking === action}
          onAsk={() => ask(asking === action ? null : action)}
          onKey={(key) => give(action, key)}
          onLeave={() => ask(null)}
        />
      </dt>
      <dd>{t(`keys.${action}`)}</dd>
      {given?.action === action && holder && (
        <dd className={popup.clash} role="alert">
          {t('keys.clash', { key: keyWords(given.key), does: t(`keys.${holder}`) })}
          <button
            type="button"
            className={controls.action}
            onClick={() => save.mutate({ ...keys, [action]: given.key, [holder]: keys[action] })}
          >
            {t('keys.exchange')}
          </button>
        </dd>
      )}
      {given?.action === action && save.error && (
        <dd className={popup.clash} role="alert">
          {errorText(save.error)}
        </dd>
      )}
    </div>
  );

  return (
    <Popup title={t('keys.title')} onClose={props.onClose}>
      <p className={frame.hint}>{t('keys.hint')}</p>
      <KeyTable
        shortcuts={props.shortcuts}
        row={({ action, ...shortcut }) =>
          action ? chosen(action) : <KeyRow shortcut={shortcut} does={t(`keys.${shortcut.name}`)} />
        }
      />
      <button
        type="button"
        className={controls.action}
        onClick={() => {
          ask(null);
          save.mutate({});
        }}
      >
        {t('keys.reset')}
      </button>
    </Popup>
  );
}

function KeyButton(props: {
  name: string;
  value: string;
  asking: boolean;
  onAsk: () => void;
  onKey: (key: string) => void;
  onLeave: () => void;
}) {
  const { t } = useTranslation('labelling');
  const shown = props.value === '' ? t('keys.none') : keyWords(props.value);
  return (
    <button
      type="button"
      className={popup.key}
      aria-pressed={props.asking}
      aria-label={t('keys.change', { name: props.name, key: shown })}
      onClick={props.onAsk}
      onBlur={() => {
        if (props.asking) props.onLeave();
      }}
      onKeyDown={(event) => {
        if (!props.asking) return;
        // Everything is an answer here, Escape and ? too.
        event.preventDefault();
        event.stopPropagation();
        const pressed = keyPressed(event.nativeEvent);
        if (pressed === 'escape') props.onLeave();
        else if (pressed !== null) props.onKey(pressed);
      }}
    >
      <kbd>{props.asking ? t('keys.press') : shown}</kbd>
    </button>
  );
}
