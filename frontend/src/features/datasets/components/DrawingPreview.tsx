import { useTranslation } from 'react-i18next';
import { tagBox, tagText } from '@/canvas';
import type { Dataset } from '@/lib/datasets';
import { inkOn } from '@/lib/palette';
import classes from './Drawing.module.css';

interface Props {
  drawing: Dataset['drawing'];
  labels: Dataset['labels'];
}

// What stands in the picture, CSS px: nothing in it is scaled, so a line is as wide as at work.
const CAR = { x: 30, y: 82, width: 150, height: 72 };
const TREE = [
  [236, 146],
  [214, 104],
  [226, 58],
  [258, 40],
  [290, 60],
  [298, 108],
  [270, 146],
] as const;
const TREE_BOX = { x: 214, y: 40, width: 84, height: 106 };
/** As the canvas does: a dark line on both sides of a coloured one. */
const HALO = 2;
const STANDING_IN = [
  { name: 'car', colour: '#e69f00' },
  { name: 'tree', colour: '#56b4e9' },
] as const;

/** A small picture with shapes on it, drawn as the settings say, as large as at work. */
export function DrawingPreview({ drawing, labels }: Props) {
  const { t } = useTranslation('datasets');
  const used = [...labels.filter(({ retired }) => !retired), ...STANDING_IN];
  const outlined = drawing.shapes.some((kind) => kind !== 'rect');
  const boxed = drawing.shapes.includes('rect');
  const points = TREE.map((point) => point.join(',')).join(' ');
  return (
    <figure className={classes.preview}>
      <svg role="img" aria-label={t('drawing.preview')} height="180" width="100%">
        <Street />
        <rect width="100%" height="180" fill="#000" opacity={drawing.darken} />
        {boxed && (
          <Outlined drawing={drawing} label={used[0]} box={CAR}>
            <rect {...CAR} />
          </Outlined>
        )}
        {outlined && (
          <Outlined drawing={drawing} label={used[boxed ? 1 : 0]} box={TREE_BOX}>
            <polygon points={points} />
          </Outlined>
        )}
      </svg>
      <figcaption>{t('drawing.preview')}</figcaption>
    </figure>
  );
}

function Outlined(props: {
  drawing: Props['drawing'];
  label: { name: string; colour: string } | undefined;
  box: typeof CAR;
  children: React.ReactNode;
}) {
  const { drawing, label = STANDING_IN[0], box } = props;
  const { stroke_width: width, font_size: size, show_labels } = drawing;
  const text = tagText(label.name);
  const tag = tagBox(box, text, size);
  return (
    <>
      <g fill="none" stroke="#000" strokeOpacity={0.75} strokeWidth={width + HALO}>
        {props.children}
      </g>
      <g fill="none" stroke={label.colour} strokeWidth={width} data-drawn={label.name}>
        {props.children}
      </g>
      {show_labels && (
        <>
          <rect {...tag} fill={label.colour} stroke="#000" strokeOpacity={0.75} />
          <text
            x={tag.x + tag.width / 2}
            y={tag.y + tag.height / 2}
            fill={inkOn(label.colour)}
            fontSize={size}
            textAnchor="middle"
            dominantBaseline="central"
          >
            {text}
          </text>
        </>
      )}
    </>
  );
}

/** A car and a tree under a sky. */
function Street() {
  return (
    <>
      <rect width="100%" height="130" fill="#b9d3e6" />
      <rect y="128" width="100%" height="52" fill="#8d8f8c" />
      <rect x="250" y="110" width="12" height="34" fill="#6b4a2f" />
      <ellipse cx="256" cy="84" rx="38" ry="40" fill="#4d7d4a" />
      <path d="M36 128v-20l22-4 22-20h56l26 22 12 4v18z" fill="#a33d34" />
      <path d="M72 104l14-14h22v14zm42 0v-14h18l16 14z" fill="#dfe9ef" />
      <circle cx="66" cy="130" r="17" fill="#2a2b2e" />
      <circle cx="146" cy="130" r="17" fill="#2a2b2e" />
    </>
  );
}
