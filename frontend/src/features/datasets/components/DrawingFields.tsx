import { Checkbox, Group, Input, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Dataset } from '@/lib/datasets';
import { fieldError } from '@/lib/errorText';
import classes from './Drawing.module.css';
import { DrawingPreview } from './DrawingPreview';
import { RadioField } from './RadioField';

type Drawing = Dataset['drawing'];

interface Props {
  drawing: Drawing;
  labels: Dataset['labels'];
  /** Why saving failed, if it did. */
  error: unknown;
  /** Gets the whole setting: the server fills in what is left out with its defaults. */
  onChange: (drawing: Drawing) => void;
}

type Part = Pick<Props, 'drawing' | 'error'> & {
  change: (part: Partial<Drawing>) => void;
};

const KINDS: readonly Drawing['shapes'][number][] = ['rect', 'polygon', 'freehand'];
const WAYS: readonly Drawing['box_by'][] = ['drag', 'corners', 'extremes'];
const CROSSINGS: readonly Drawing['crossing'][] = ['allow', 'warn', 'refuse'];
const LISTS: readonly Drawing['label_list'][] = ['list', 'dropdown'];
const RANGES = [
  { name: 'stroke_width', from: 1, to: 6, step: 1, shown: 1, unit: 'px' },
  { name: 'font_size', from: 10, to: 24, step: 1, shown: 1, unit: 'px' },
  { name: 'darken', from: 0, to: 0.8, step: 0.05, shown: 100, unit: '%' },
] as const;

/** What may be drawn in a dataset, by which hand, and how it looks while people work. */
export function DrawingFields({ drawing, labels, error, onChange }: Props) {
  const { t } = useTranslation('datasets');
  const part = {
    drawing,
    error,
    change: (change: Partial<Drawing>) => onChange({ ...drawing, ...change }),
  };
  return (
    <Input.Wrapper
      label={t('drawing.title')}
      labelElement="div"
      description={t('drawing.hint')}
      error={fieldError(error, 'drawing')}
    >
      <Stack gap="md" mt={6}>
        <Kinds {...part} />
        {drawing.shapes.includes('rect') && <Boxes {...part} />}
        {drawing.shapes.some((kind) => kind !== 'rect') && (
          <RadioField
            label={t('drawing.crossing')}
            words={CROSSINGS}
            name={(word) => t(`drawing.crossings.${word}`)}
            explain={(word) => t(`drawing.crossings.${word}_text`)}
            value={drawing.crossing}
            onChange={(crossing) => part.change({ crossing })}
          />
        )}
        <RadioField
          label={t('drawing.label_list')}
          words={LISTS}
          name={(word) => t(`drawing.lists.${word}`)}
          explain={(word) => t(`drawing.lists.${word}_text`)}
          value={drawing.label_list}
          onChange={(label_list) => part.change({ label_list })}
        />
        <Looks {...part} />
        <DrawingPreview drawing={drawing} labels={labels} />
      </Stack>
    </Input.Wrapper>
  );
}

function Kinds({ drawing: { shapes }, error, change }: Part) {
  const { t } = useTranslation('datasets');
  const wrong = shapes.length === 0 ? t('drawing.noKind') : fieldError(error, 'drawing.shapes');
  return (
    <Checkbox.Group
      label={t('drawing.shapes')}
      value={[...shapes]}
      error={wrong}
      onChange={(wanted) => change({ shapes: KINDS.filter((kind) => wanted.includes(kind)) })}
    >
      <Group mt={6}>
        {KINDS.map((kind) => (
          <Checkbox
            key={kind}
            value={kind}
            label={t(`drawing.kinds.${kind}`)}
            aria-invalid={wrong !== undefined}
          />
        ))}
      </Group>
    </Checkbox.Group>
  );
}

function Boxes({ drawing, change }: Part) {
  const { t } = useTranslation('datasets');
  return (
    <>
      <RadioField
        label={t('drawing.box_by')}
        words={WAYS}
        name={(word) => t(`drawing.ways.${word}`)}
        explain={(word) => t(`drawing.ways.${word}_text`)}
        value={drawing.box_by}
        onChange={(box_by) => change({ box_by })}
      />
      <Checkbox
        label={t('drawing.from_centre')}
        description={t('drawing.from_centre_text')}
        disabled={drawing.box_by === 'extremes'}
        checked={drawing.from_centre}
        onChange={({ currentTarget }) => change({ from_centre: currentTarget.checked })}
      />
    </>
  );
}

function Looks({ drawing, change }: Part) {
  const { t } = useTranslation('datasets');
  return (
    <>
      {RANGES.map(({ name, from, to, step, shown, unit }) => {
        const said = `${String(Math.round(drawing[name] * shown))} ${unit}`;
        return (
          <label key={name} className={classes.range}>
            <span>{t(`drawing.${name}`)}</span>
            <input
              type="range"
              aria-label={t(`drawing.${name}`)}
              aria-valuetext={said}
              min={from}
              max={to}
              step={step}
              value={drawing[name]}
              onChange={(event) => change({ [name]: event.currentTarget.valueAsNumber })}
            />
            <output>{said}</output>
          </label>
        );
      })}
      <Checkbox
        label={t('drawing.show_labels')}
        description={t('drawing.show_labels_text')}
        checked={drawing.show_labels}
        onChange={({ currentTarget }) => change({ show_labels: currentTarget.checked })}
      />
    </>
  );
}
