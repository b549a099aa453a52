import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { LOOK, isAdjusted } from '@/canvas';
import type { Editor } from '@/canvas';
import { useEditorValue } from '@/canvas-react';
import { PlainButton } from '@/components/PlainButton';
import { useBindings, withKey } from '@/lib/bindings';
import controls from '@/components/bench/controls.module.css';
import classes from './LookPanel.module.css';

const SLIDERS = [
  { name: 'brightness', from: 0.2, to: 3 },
  { name: 'contrast', from: 0.2, to: 3 },
  { name: 'gamma', from: 0.2, to: 3 },
  { name: 'fill', from: 0, to: 1 },
] as const;
const SWITCHES = ['invert', 'smooth', 'onlySelected', 'crosshair', 'minimap'] as const;

/** How the image is seen. It stands beside the work and changes none of it. */
export default function LookPanel({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  const { t } = useTranslation('labelling');
  const keys = useBindings();
  const look = useEditorValue(editor, (state) => state.look);
  const showTags = useEditorValue(editor, (state) => state.showTags);
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    panel.current?.querySelector('input')?.focus();
  }, []);
  return (
    <div
      ref={panel}
      className={classes.panel}
      role="group"
      aria-label={t('look.title')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <header className={classes.head}>
        <h2>{t('look.title')}</h2>
        <button type="button" className={controls.remove} onClick={onClose}>
          <span className="unseen">{t('action.close', { ns: 'shell' })}</span>
          <span aria-hidden>×</span>
        </button>
      </header>
      {SLIDERS.map(({ name, from, to }) => (
        <label key={name} className={classes.slider}>
          <span>{t(`look.${name}`)}</span>
          <input
            type="range"
            min={from}
            max={to}
            step={0.05}
            value={look[name]}
            onChange={(event) => {
              editor.setLook({ [name]: event.target.valueAsNumber });
            }}
          />
          <output>{Math.round(100 * look[name])}%</output>
        </label>
      ))}
      {SWITCHES.map((name) => (
        <Switch
          key={name}
          name={t(`look.${name}`)}
          on={look[name]}
          onChange={(on) => {
            editor.setLook({ [name]: on });
          }}
        />
      ))}
      <Switch
        name={withKey(t('look.tags'), keys.tags)}
        on={showTags}
        onChange={(on) => {
          editor.show({ showTags: on });
        }}
      />
      <PlainButton
        onClick={() => {
          editor.setLook(LOOK);
        }}
      >
        {withKey(t(isAdjusted(look) ? 'look.reset' : 'look.usual'), keys.reset_look)}
      </PlainButton>
    </div>
  );
}

function Switch(props: { name: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <label className={classes.switch}>
      <input
        type="checkbox"
        checked={props.on}
        onChange={(event) => {
          props.onChange(event.target.checked);
        }}
      />
      {props.name}
    </label>
  );
}
