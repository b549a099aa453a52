import type { LabelStyle } from '@/canvas';
import controls from '@/components/bench/controls.module.css';
import classes from './LabelSwatch.module.css';

/** A label as the canvas draws it: its colour, and beyond nine labels its dash and short text. */
export function LabelSwatch({ style }: { style: LabelStyle | undefined }) {
  if (!style?.short) {
    return <span className={controls.swatch} style={{ background: style?.colour }} />;
  }
  return (
    <svg className={classes.tag} width="26" height="18" aria-hidden>
      <rect
        {...{ x: 1, y: 1, width: 24, height: 16, fill: 'none', strokeWidth: 2 }}
        stroke={style.colour}
        strokeDasharray={style.dash.map((length) => length / 2).join(' ')}
      />
      <text x="13" y="9.5" textAnchor="middle" dominantBaseline="central">
        {style.short}
      </text>
    </svg>
  );
}
